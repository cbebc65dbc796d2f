import "server-only";
import { createApiKey } from "@/lib/auth/api-keys";
import { claimLink, createLinkToken, findLink } from "@/lib/auth/one-time-link";
import { hashPassword } from "@/lib/auth/password";
import { createProject } from "@/lib/auth/projects";
import { writeDb } from "@/lib/db";
import type { Prisma } from "@/prisma/client/client";

type Db = Prisma.TransactionClient;

/** Any number that nothing else locks: "spendtrace set-up". */
const SET_UP_LOCK = 7_470_215;

export type SetUp = Readonly<{ name: string; email: string; password: string; project: string }>;

export type SetUpResult = Readonly<{
  /** Signs the owner in, once. */
  signInToken: string;
  slug: string;
  /** The first key of the project, to be shown once; null where a key was brought along by the settings. */
  apiKey: string | null;
}>;

/** Runs `work` while no other set-up runs, on any instance. */
export async function withSetUpLock<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return writeDb().$transaction(async (db) => {
    await db.$queryRaw`SELECT pg_advisory_xact_lock(${SET_UP_LOCK}::bigint)::text`;
    return work(db);
  });
}

/** Whether the link lets somebody set this server up: it is right, not used, and nobody was faster. */
export async function canSetUp(token: string, now: Date): Promise<boolean> {
  return (await findLink("setup", token, now)) !== null && (await writeDb().user.count()) === 0;
}

/** Whether the server has an owner. */
export async function isSetUp(): Promise<boolean> {
  return (await writeDb().user.findFirst({ select: { id: true } })) !== null;
}

/**
 * Makes the first person the owner of the first project, with a key for production. Null if the token is not good or somebody else
 * was faster: of two tabs one wins. Projects that the settings made before get the same owner.
 */
export async function setUp(token: string, input: SetUp, now: Date): Promise<SetUpResult | null> {
  const passwordHash = await hashPassword(input.password);
  return withSetUpLock(async (db) => {
    if ((await db.user.count()) > 0) return null;
    if ((await claimLink("setup", token, now, db)) === undefined) return null;
    const { id: userId } = await db.user.create({ data: { email: input.email, name: input.name, passwordHash } });
    const [made] = await db.project.findMany({ orderBy: { id: "asc" }, take: 1 });
    const project = made ?? (await createProject(db, input.project));
    await ownEverything(db, userId);
    const hasKey = (await db.apiKey.count({ where: { projectId: project.id } })) > 0;
    const key = { name: "First key", environment: "production", scopes: ["ingest"] } as const;
    const apiKey = hasKey ? null : await createApiKey(project.id, key, userId, { db });
    await db.oneTimeLink.deleteMany({ where: { purpose: "setup" } });
    return { signInToken: await createLinkToken("sign-in", userId, now, db), slug: project.slug, apiKey };
  });
}

/** Makes a person the owner of every project there is: only right for the first person. */
export async function ownEverything(db: Db, userId: string): Promise<void> {
  for (const { id } of await db.project.findMany({ select: { id: true } })) {
    await db.membership.create({ data: { userId, projectId: id, role: "owner" } });
  }
}
