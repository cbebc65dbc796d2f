import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import type { CallFilter } from "@/lib/calls/query";
import { addSums, type CallSums, coverageOf, summarizeCalls } from "@/lib/calls/summarize";
import { type Bucket, defaultBucket } from "@/lib/period";
import { describePrompts, type PromptDetails } from "@/lib/reports/prompt-details";
import { cutPrompt } from "@/lib/reports/prompt-profile";
import { findStorms, type Storm } from "@/lib/reports/prompt-storms";
import type { Covered } from "../../panels/header-coverage";
import type { View } from "../../view";

/** The filters of the page, and the prompt. */
export function promptFilters({ query }: View, prompt: string): readonly CallFilter[] {
  return [...query.filters, { dimension: "prompt", op: "is", values: [prompt] }];
}

/** What is known of the prompt in the period; null without a call. Once a request, as all of these. */
export const readPrompt = cache(
  async (scope: Scope, view: View, prompt: string): Promise<PromptDetails | null> =>
    (await describePrompts(scope, view.query, [prompt]))[0] ?? null,
);

/** The parts of the prompt's calls by tenant, deploy and so on. */
export const readCuts = cache((scope: Scope, view: View, prompt: string) => cutPrompt(scope, view.query, prompt));

/** Its storms, the latest first. */
export const readOwnStorms = cache(
  (scope: Scope, view: View, prompt: string): Promise<readonly Storm[]> => findStorms(scope, view.query, [prompt]),
);

/** Its calls over time. */
export const readPromptSums = cache(
  async (scope: Scope, view: View, prompt: string): Promise<{ bucket: Bucket; sums: readonly CallSums[] }> => {
    const { period } = view.query;
    const bucket = view.query.bucket ?? defaultBucket(period);
    return { bucket, sums: await summarizeCalls(scope, { period, filters: promptFilters(view, prompt) }, bucket) };
  },
);

/** What the figures of the page cover; dropped calls are of no known prompt. */
export async function readPromptCoverage(scope: Scope, view: View, prompt: string): Promise<Covered | null> {
  const { sums } = await readPromptSums(scope, view, prompt);
  return { coverage: coverageOf(addSums(sums)), period: view.query.period, droppedCalls: null };
}
