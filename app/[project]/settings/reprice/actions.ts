"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { projectAction, Refusal } from "@/lib/auth/action";
import type { ProjectAccess } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { closeMonth, reopenMonth } from "@/lib/reprice/closed-months";
import { applyRun, cancelRun, createRun, RepriceRefusal, resumeRun, undoRun } from "@/lib/reprice/runs";
import { monthSchema, repriceRequestSchema, runNumberSchema, undoSchema } from "@/lib/reprice/schema";

/** Makes a run and goes to its page, where the dry run can be watched. */
export const create = projectAction("owner", repriceRequestSchema, async ({ project, scope, user }, request) => {
  const number = await refusing(() => createRun(scope, user.id, request));
  redirect(`/${project.slug}/settings/reprice/${number}`);
});

/** Applies a run that was looked at. */
export const apply = projectAction("owner", runNumberSchema, async (access, { number }) => {
  await refusing(() => applyRun(access.scope, access.user.id, number));
  refresh(access);
});

/** Stops a run after the step under way. */
export const cancel = projectAction("owner", runNumberSchema, async (access, { number }) => {
  await refusing(() => cancelRun(access.scope, number));
  refresh(access);
});

/** Goes on with a stopped run. */
export const resume = projectAction("owner", runNumberSchema, async (access, { number }) => {
  await refusing(() => resumeRun(access.scope, number));
  refresh(access);
});

/** Makes a run that takes another one back, and goes to its page. */
export const undo = projectAction("owner", undoSchema, async ({ project, scope, user }, { number, reason }) => {
  const made = await refusing(() => undoRun(scope, user.id, number, reason));
  redirect(`/${project.slug}/settings/reprice/${made}`);
});

/** Closes a month for re-pricing. */
export const close = projectAction("owner", monthSchema, async (access, { month }) => {
  await refusing(() => closeMonth(access.scope, access.user.id, month, now()));
  refresh(access);
});

/** Opens a closed month again. */
export const reopen = projectAction("owner", monthSchema, async (access, { month }) => {
  await refusing(() => reopenMonth(access.scope, month));
  refresh(access);
});

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RepriceRefusal) throw new Refusal(error.message, error.field);
    throw error;
  }
}

function refresh({ project }: ProjectAccess): void {
  revalidatePath(`/${project.slug}/settings/reprice`, "layout");
}
