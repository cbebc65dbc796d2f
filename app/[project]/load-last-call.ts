"use server";

import type { LastCall } from "@/components/shell/ingest-state";
import { requireProject } from "@/lib/auth/require-user";
import { readIngestState } from "@/lib/calls/ingest-state";
import { now } from "@/lib/clock";

/** The newest call of a project that the person may see. */
export async function loadLastCall(project: string): Promise<LastCall> {
  const { scope } = await requireProject(project);
  const { lastCallAt } = await readIngestState(scope);
  return { at: lastCallAt, now: now() };
}
