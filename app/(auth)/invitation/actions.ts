"use server";

import { z } from "zod";
import { Refusal, tokenAction } from "@/lib/auth/action";
import { acceptInvitation } from "@/lib/auth/invitation";
import { passwordSchema, personNameSchema } from "@/lib/auth/schema";
import { now } from "@/lib/clock";

const input = z.strictObject({ token: z.string().max(200), name: personNameSchema, password: passwordSchema });

/** Sets name and password of whoever holds the link, once. Answers a token that signs in. */
export const join = tokenAction(input, async ({ token, ...person }) => {
  const signInToken = await acceptInvitation(token, person, now());
  if (signInToken === null) throw new Refusal("This link was used already or is over. Ask for a new one.");
  return { signInToken };
});
