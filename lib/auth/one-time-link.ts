import "server-only";
import { hashSecret, newLinkToken } from "@/lib/auth/secret";
import { writeDb } from "@/lib/db";
import { env } from "@/lib/env";
import type { Prisma } from "@/prisma/client/client";

export type LinkPurpose = "setup" | "invitation" | "sign-in";

/** A set-up link is good until it is used; the row still needs an end. */
const VALID_HOURS = { setup: 24 * 365 * 100, invitation: 24 * 7, "sign-in": 24 } as const;

const PATH = { setup: "/setup", invitation: "/invitation", "sign-in": "/sign-in/link" } as const;

/** Anything that can read and write the table: the pool, or a transaction on it. */
type Db = Prisma.TransactionClient;

/** Makes a token good for one use; only its hash is kept. A person has one link of a purpose: older ones end. */
export async function createLinkToken(
  purpose: LinkPurpose,
  userId: string | null,
  now: Date,
  db: Db = writeDb(),
): Promise<string> {
  const token = newLinkToken();
  if (userId !== null) await db.oneTimeLink.deleteMany({ where: { userId, purpose } });
  const expiresAt = new Date(now.getTime() + VALID_HOURS[purpose] * 3_600_000);
  await db.oneTimeLink.create({ data: { tokenHash: hashSecret(token), purpose, userId, createdAt: now, expiresAt } });
  return token;
}

/** The address to hand over. */
export function linkUrl(purpose: LinkPurpose, token: string, siteUrl = siteAddress()): string {
  return new URL(`${PATH[purpose]}?token=${token}`, siteUrl).href;
}

/** Where this server is reached, as far as it knows. */
export function siteAddress(): string {
  const { NEXTAUTH_URL, PORT } = env();
  return NEXTAUTH_URL ?? `http://localhost:${PORT}`;
}

/** Whose link it is, without using it; null if it is unknown, used or over. */
export async function findLink(
  purpose: LinkPurpose,
  token: string,
  now: Date,
): Promise<{ userId: string | null } | null> {
  return writeDb().oneTimeLink.findFirst({
    where: { tokenHash: hashSecret(token), purpose, usedAt: null, expiresAt: { gt: now } },
    select: { userId: true },
  });
}

/** Uses a link: of any number of attempts side by side, one gets the person (null for a set-up link), the others undefined. */
export async function claimLink(
  purpose: LinkPurpose,
  token: string,
  now: Date,
  db: Db = writeDb(),
): Promise<string | null | undefined> {
  const tokenHash = hashSecret(token);
  const { count } = await db.oneTimeLink.updateMany({
    where: { tokenHash, purpose, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count === 0) return undefined;
  const link = await db.oneTimeLink.findUnique({ where: { tokenHash }, select: { userId: true } });
  return link?.userId;
}

/** A link by which the person with this address signs in once, within 24 hours. Throws if there is no such person. */
export async function createSignInLink(email: string, siteUrl = siteAddress()): Promise<string> {
  const user = await writeDb().user.findUniqueOrThrow({ where: { email }, select: { id: true } });
  return linkUrl("sign-in", await createLinkToken("sign-in", user.id, new Date()), siteUrl);
}

/** A link by which the person with this address sets a new password; null if there is no such person. */
export async function createPasswordLink(email: string): Promise<string | null> {
  const user = await writeDb().user.findUnique({ where: { email }, select: { id: true } });
  return user && linkUrl("invitation", await createLinkToken("invitation", user.id, new Date()));
}
