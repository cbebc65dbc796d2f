import "server-only";
import { countAttempt, forgiveAttempts } from "@/lib/auth/limiter";
import { claimLink } from "@/lib/auth/one-time-link";
import { verifyPassword } from "@/lib/auth/password";
import { emailSchema } from "@/lib/auth/schema";
import { startSession } from "@/lib/auth/session";
import { writeDb } from "@/lib/db";

export type SignInResult =
  | Readonly<{ ok: true; userId: string; sessionId: string }>
  | Readonly<{ ok: false; reason: "wrong" }>
  | Readonly<{ ok: false; reason: "too-many"; retryAfterSeconds: number }>;

export type Visitor = Readonly<{ address: string; userAgent: string; now: Date }>;

/** Signs in by e-mail and password. An unknown address, a wrong password and a closed account look and last the same. */
export async function signInWithPassword(email: string, password: string, visitor: Visitor): Promise<SignInResult> {
  const address = emailSchema.safeParse(email);
  const known = address.success ? address.data : "";
  const retryAfterSeconds = await countAttempt(known, visitor.address);
  if (retryAfterSeconds > 0) return { ok: false, reason: "too-many", retryAfterSeconds };
  const user = await writeDb().user.findUnique({ where: { email: known } });
  const isRight = await verifyPassword(user?.passwordHash, password.slice(0, 512));
  if (!isRight || !user || user.disabledAt) return { ok: false, reason: "wrong" };
  await forgiveAttempts(known, visitor.address);
  return open(user.id, visitor);
}

/** Signs in by a one-time link, which is used up by it. */
export async function signInWithLink(token: string, visitor: Visitor): Promise<SignInResult> {
  const userId = await claimLink("sign-in", token, visitor.now);
  const user = userId ? await writeDb().user.findUnique({ where: { id: userId } }) : null;
  return user && !user.disabledAt ? open(user.id, visitor) : { ok: false, reason: "wrong" };
}

async function open(userId: string, { userAgent, now }: Visitor): Promise<SignInResult> {
  return { ok: true, userId, sessionId: await startSession(userId, userAgent, now) };
}
