"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { projectAction, Refusal } from "@/lib/auth/action";
import { createApiKey, revokeApiKey } from "@/lib/auth/api-keys";
import { listEnvironments } from "@/lib/auth/projects";
import { environmentSchema, keyNameSchema, keyScopesSchema } from "@/lib/auth/schema";
import { now } from "@/lib/clock";

const newKey = z.strictObject({ name: keyNameSchema, environment: environmentSchema, scopes: keyScopesSchema });

/** Makes a key; its secret is in this answer and nowhere else. */
export const makeKey = projectAction("member", newKey, async ({ project, user }, key) => {
  if (!(await listEnvironments(project.id)).includes(key.environment)) {
    throw new Refusal("This project has no such environment: add it under Project first", "environment");
  }
  const secret = await createApiKey(project.id, key, user.id);
  revalidatePath(`/${project.slug}/settings/api-keys`);
  return { secret, environment: key.environment };
});

/** Revokes a key; whoever sends with it gets 401 within five seconds. */
export const revokeKey = projectAction(
  "member",
  z.strictObject({ id: z.uuid() }),
  async ({ project, scope }, { id }) => {
    if (!(await revokeApiKey(scope, id, now()))) throw new Refusal("This key is revoked already, or was never here");
    revalidatePath(`/${project.slug}/settings/api-keys`);
  },
);
