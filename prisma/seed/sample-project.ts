import { createApiKey } from "@/lib/auth/api-keys";
import type { Scope } from "@/lib/auth/scope";
import { systemScope } from "@/lib/auth/system-scope";
import { writeDb } from "@/lib/db";

export const SAMPLE_SLUG = "acme-assist";
export const SAMPLE_OWNER = "mira@acme.example";
const KEY_NAME = "Try the API";

/** The project acme-assist with its two environments and its owner, who signs in by link; made unless it is there. */
export async function ensureSampleProject(): Promise<Scope> {
  const db = writeDb();
  const environments = { create: [{ name: "production" }, { name: "staging" }] };
  const [project, owner] = await Promise.all([
    db.project.upsert({
      where: { slug: SAMPLE_SLUG },
      update: {},
      create: { slug: SAMPLE_SLUG, name: SAMPLE_SLUG, environments },
    }),
    db.user.upsert({ where: { email: SAMPLE_OWNER }, update: {}, create: { email: SAMPLE_OWNER, name: "Mira Kovac" } }),
  ]);
  const membership = { userId: owner.id, projectId: project.id };
  await db.membership.upsert({
    where: { userId_projectId: membership },
    update: {},
    create: { ...membership, role: "owner" },
  });
  return systemScope(project.id);
}

/** A new key of production that may ingest and read; the one of the last start ends. */
export async function renewSampleKey({ projectId }: Scope): Promise<string> {
  await writeDb().apiKey.deleteMany({ where: { projectId, name: KEY_NAME } });
  return createApiKey(projectId, { name: KEY_NAME, environment: "production", scopes: ["ingest", "read"] }, null);
}
