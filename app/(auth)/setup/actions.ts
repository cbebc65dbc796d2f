"use server";

import { z } from "zod";
import { Refusal, tokenAction } from "@/lib/auth/action";
import { emailSchema, passwordSchema, personNameSchema, projectNameSchema } from "@/lib/auth/schema";
import { setUp } from "@/lib/auth/set-up";
import { now } from "@/lib/clock";

const input = z.strictObject({
  token: z.string().max(200),
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
  project: projectNameSchema,
});

/** Makes the first owner, project and key, once, for whoever holds the set-up link. */
export const setUpServer = tokenAction(input, async ({ token, ...wanted }) => {
  const made = await setUp(token, wanted, now());
  if (!made)
    throw new Refusal("This set-up link is used or not right. If you were not the one who used it, tell the operator.");
  return made;
});
