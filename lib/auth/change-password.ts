import "server-only";
import { countAttempt, forgiveAttempts } from "@/lib/auth/limiter";
import { hashPassword, verifyPassword } from "@/lib/auth/password";
import { revokeSessions, type SignedIn } from "@/lib/auth/session";
import { writeDb } from "@/lib/db";

/**
 * Changes the password of the person who is signed in and ends all of his other sessions.
 * @param current the present password; nobody is asked for one who never had one.
 * @returns "wrong" for a wrong present password, "too-many" after ten of them; it counts like a sign-in.
 */
export async function changePassword(
  { sessionId, user }: SignedIn,
  current: string,
  next: string,
  now: Date,
): Promise<"changed" | "wrong" | "too-many"> {
  const db = writeDb();
  const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: user.id }, select: { passwordHash: true } });
  if (passwordHash !== null) {
    if ((await countAttempt(user.email, "signed-in")) > 0) return "too-many";
    if (!(await verifyPassword(passwordHash, current))) return "wrong";
    await forgiveAttempts(user.email, "signed-in");
  }
  await db.user.update({ where: { id: user.id }, data: { passwordHash: await hashPassword(next) } });
  await revokeSessions(user.id, { allBut: sessionId }, now);
  return "changed";
}
