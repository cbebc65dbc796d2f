import { randomBytes } from "node:crypto";
import type { Scope } from "@/lib/auth/scope";
import { systemScope } from "@/lib/auth/system-scope";
import { writeDb } from "@/lib/db";

export type TestProject = { id: number; slug: string; scope: Scope };

/** A fresh project with the environment `production`, so that no test sees the calls of another. */
export async function createProject(): Promise<TestProject> {
  const slug = `test-${randomBytes(6).toString("hex")}`;
  const { id } = await writeDb().project.create({
    data: { slug, name: slug, environments: { create: { name: "production" } } },
  });
  return { id, slug, scope: systemScope(id) };
}
