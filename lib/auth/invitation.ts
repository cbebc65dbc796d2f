import "server-only";
import { claimLink, createLinkToken, findLink } from "@/lib/auth/one-time-link";
import { hashPassword } from "@/lib/auth/password";
import { writeDb } from "@/lib/db";

export type Invitation = Readonly<{ email: string; name: string; projects: readonly string[] }>;

/** Whom an invitation link is for and to which projects; null if it is unknown, used or over. `name` is empty for somebody new. */
export async function findInvitation(token: string, now: Date): Promise<Invitation | null> {
  const link = await findLink("invitation", token, now);
  if (!link?.userId) return null;
  const user = await writeDb().user.findUnique({
    where: { id: link.userId },
    include: { memberships: { include: { project: { select: { name: true } } } } },
  });
  return user && { email: user.email, name: user.name, projects: user.memberships.map(({ project }) => project.name) };
}

/**
 * Takes an invitation up: name and password are set, the link is used, other sessions end (it may replace a lost password).
 * Returns a token that signs in once, or null if the link was not good.
 */
export async function acceptInvitation(
  token: string,
  input: Readonly<{ name: string; password: string }>,
  now: Date,
): Promise<string | null> {
  const passwordHash = await hashPassword(input.password);
  return writeDb().$transaction(async (db) => {
    const id = await claimLink("invitation", token, now, db);
    if (!id) return null;
    await db.user.update({ where: { id }, data: { name: input.name, passwordHash } });
    await db.session.updateMany({ where: { userId: id, revokedAt: null }, data: { revokedAt: now } });
    return createLinkToken("sign-in", id, now, db);
  });
}
