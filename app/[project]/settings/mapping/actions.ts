"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { projectAction } from "@/lib/auth/action";
import { checkContext } from "@/lib/ingest/check-context";
import { MAPPED_DOORS, mappingSchema, mappingShape } from "@/lib/mapping/schema";
import { resetMapping, saveMapping } from "@/lib/mapping/write";
import { MAX_TRIED_TEXT } from "./limits";
import { tryPayload } from "./try-payload";

const door = z.enum(MAPPED_DOORS);

/** Makes a mapping the project's own; calls that come from now on go by it. */
export const putMapping = projectAction(
  "owner",
  z.strictObject({ door, ...mappingShape }),
  async ({ project, scope, user }, { door, ...mapping }) => {
    await saveMapping(scope, door, mapping, user.id);
    revalidatePath(`/${project.slug}/settings/mapping`);
  },
);

/** Goes back to the defaults. */
export const dropMapping = projectAction("owner", z.strictObject({ door }), async ({ project, scope }, { door }) => {
  await resetMapping(scope, door);
  revalidatePath(`/${project.slug}/settings/mapping`);
});

/** Says what a pasted payload would become by a mapping, saved or not. Nothing of it is stored. */
export const tryMapping = projectAction(
  "member",
  z.strictObject({
    door,
    mapping: mappingSchema,
    text: z.string().max(MAX_TRIED_TEXT, `At most ${MAX_TRIED_TEXT.toLocaleString("en")} characters`),
  }),
  async ({ scope }, { door, mapping, text }) => tryPayload(text, door, mapping, await checkContext(scope)),
);
