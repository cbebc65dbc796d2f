import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { writeDb } from "@/lib/db";
import type { Prisma } from "@/prisma/client/client";

type Db = Prisma.TransactionClient;

/** First parts of addresses that are not projects. */
const TAKEN = new Set(["api", "setup", "sign-in", "no-project", "invitation", "_next", "favicon", "robots", "icon"]);

/** The part of an address made from a name: `Café App` → `cafe-app`; a name without Latin letters or digits gives `project`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return slug === "" || TAKEN.has(slug) ? `${slug}-project`.replace(/^-/, "") : slug;
}

/** Creates a project with the environment `production` under the first free slug of its name. */
export async function createProject(db: Db, name: string): Promise<{ id: number; slug: string }> {
  const wanted = slugOf(name);
  const taken = await db.project.findMany({ where: { slug: { startsWith: wanted } }, select: { slug: true } });
  const slugs = new Set(taken.map(({ slug }) => slug));
  let slug = wanted;
  for (let n = 2; slugs.has(slug); n++) slug = `${wanted}-${n}`;
  return db.project.create({
    data: { slug, name, environments: { create: { name: "production" } } },
    select: { id: true, slug: true },
  });
}

/** A project of one's own: the person becomes its owner. */
export async function createOwnProject(userId: string, name: string): Promise<{ id: number; slug: string }> {
  return writeDb().$transaction(async (db) => {
    const project = await createProject(db, name);
    await db.membership.create({ data: { userId, projectId: project.id, role: "owner" } });
    return project;
  });
}

/** The environments of a project, production first, then by name. */
export async function listEnvironments(projectId: number): Promise<string[]> {
  const rows = await writeDb().environment.findMany({ where: { projectId }, select: { name: true } });
  const rank = (name: string) => (name === "production" ? `0${name}` : `1${name}`);
  return rows.map(({ name }) => name).sort((a, b) => rank(a).localeCompare(rank(b)));
}

/** Gives a project another name. Its slug stays: links that people kept go on working. */
export async function renameProject(scope: Scope, name: string): Promise<void> {
  await writeDb().project.update({ where: { id: scope.projectId }, data: { name } });
}

/** Adds an environment. False if the project has it already. */
export async function addEnvironment(scope: Scope, name: string): Promise<boolean> {
  const { count } = await writeDb().environment.createMany({
    data: [{ projectId: scope.projectId, name }],
    skipDuplicates: true,
  });
  return count > 0;
}
