"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { accountAction, Refusal } from "@/lib/auth/action";
import { changePassword } from "@/lib/auth/change-password";
import { passwordSchema } from "@/lib/auth/schema";
import { revokeSessions } from "@/lib/auth/session";
import { now } from "@/lib/clock";

const passwords = z.strictObject({ current: z.string().max(512), next: passwordSchema });

/** Changes the own password and ends all other sessions. */
export const setPassword = accountAction(passwords, async (signedIn, { current, next }) => {
  const outcome = await changePassword(signedIn, current, next, now());
  if (outcome === "wrong") throw new Refusal("This is not your present password", "current");
  if (outcome === "too-many") throw new Refusal("Too many attempts: try again in a quarter of an hour", "current");
  revalidatePath("/", "layout");
});

/** Ends one of the own sessions, from its next request on. */
export const endSession = accountAction(z.strictObject({ id: z.uuid() }), async ({ user }, { id }) => {
  const ended = await revokeSessions(user.id, { only: id }, now());
  if (ended === 0) throw new Refusal("This session is over already");
  revalidatePath("/", "layout");
});

/** Ends all of the own sessions but this one. */
export const endOtherSessions = accountAction(z.strictObject({}), async ({ user, sessionId }) => {
  const ended = await revokeSessions(user.id, { allBut: sessionId }, now());
  revalidatePath("/", "layout");
  return { ended };
});
