import "server-only";
import { readDb, writeDb } from "@/lib/db";
import { log } from "@/lib/log";

const HOUR_MS = 3_600_000;
/** However much it is used, a session ends a week after signing in. */
export const SESSION_SECONDS = 7 * 24 * 3600;
export const IDLE_MS = 12 * HOUR_MS;
const SEEN_NOTED_EVERY_MS = 60_000;

export type SignedIn = Readonly<{
  sessionId: string;
  user: Readonly<{ id: string; email: string; name: string }>;
}>;

/** Opens a session under a new id and forgets those of the person that ended over a month ago. Returns the id. */
export async function startSession(userId: string, userAgent: string, now: Date): Promise<string> {
  const db = writeDb();
  await db.session.deleteMany({ where: { userId, expiresAt: { lt: new Date(now.getTime() - 30 * 24 * HOUR_MS) } } });
  const session = await db.session.create({
    data: {
      userId,
      userAgent: userAgent.slice(0, 300),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
    },
    select: { id: true },
  });
  return session.id;
}

/** Who a session belongs to, read afresh on every request; null once it is revoked, over, or idle for 12 hours. */
export async function findSession(id: string, now: Date): Promise<SignedIn | null> {
  const session = await readDb().session.findUnique({ where: { id }, include: { user: true } });
  if (!session || session.revokedAt || session.user.disabledAt) return null;
  const idleMs = now.getTime() - session.lastSeenAt.getTime();
  if (session.expiresAt <= now || idleMs >= IDLE_MS) return null;
  if (idleMs >= SEEN_NOTED_EVERY_MS) noteSeen(id, now);
  const { user } = session;
  return { sessionId: id, user: { id: user.id, email: user.email, name: user.name } };
}

function noteSeen(id: string, now: Date): void {
  const noted = writeDb().session.updateMany({ where: { id }, data: { lastSeenAt: now } });
  noted.then(undefined, (error: unknown) => log.warn({ err: error }, "a session's last use was not noted"));
}

export type OpenSession = Readonly<{ id: string; userAgent: string; createdAt: Date; lastSeenAt: Date }>;

/** The sessions of a person that still let somebody in, the latest used first. */
export function listOpenSessions(userId: string, now: Date): Promise<OpenSession[]> {
  return writeDb().session.findMany({
    where: {
      userId,
      revokedAt: null,
      expiresAt: { gt: now },
      lastSeenAt: { gt: new Date(now.getTime() - IDLE_MS) },
    },
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: "desc" },
  });
}

/** Ends sessions of one person from their next request on: the one named, or all but the one to keep. Returns how many. */
export async function revokeSessions(
  userId: string,
  which: Readonly<{ only: string } | { allBut: string | null }>,
  now: Date,
): Promise<number> {
  const id = "only" in which ? { equals: which.only } : which.allBut === null ? undefined : { not: which.allBut };
  const { count } = await writeDb().session.updateMany({
    where: { userId, revokedAt: null, id },
    data: { revokedAt: now },
  });
  return count;
}
