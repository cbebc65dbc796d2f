import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Period } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";
import { askScan, PROMPT, type PromptQuestion, withPrompt } from "./prompt-calls";

/** Calls in equal parts of a period. */
export type PromptBars = Readonly<{ calls: readonly number[]; stepMs: number }>;

/** Seconds a bar of a strip may stand for. */
const STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const BARS = 90;

/** How a storm is drawn: with a fifth of its length on both sides, in whole steps, the shortest that give no more than 90 bars: 5 s up to a few minutes. */
export function stripOf(startedAt: Date, endedAt: Date): Readonly<{ period: Period; stepMs: number }> {
  const length = endedAt.getTime() - startedAt.getTime();
  const margin = Math.max(10_000, length / 5);
  const seconds = STEPS.find((step) => (length + 2 * margin) / (step * 1000) <= BARS) ?? 7200;
  const stepMs = seconds * 1000;
  const from = Math.floor((startedAt.getTime() - margin) / stepMs) * stepMs;
  const to = Math.ceil((endedAt.getTime() + margin + 1) / stepMs) * stepMs;
  return { period: { from: new Date(from), to: new Date(to) }, stepMs };
}

/** Calls of each prompt in equal parts of the question's period, by prompt; one that has none is not there. */
export async function listPromptBars(
  scope: Scope,
  question: PromptQuestion,
  prompts: readonly string[],
  stepMs: number,
): Promise<ReadonlyMap<string, PromptBars>> {
  const { from, to } = question.period;
  const rows = await askScan<{ prompt: string; bar: number; calls: number }>(Prisma.sql`
    SELECT ${PROMPT} AS prompt,
      floor(extract(epoch FROM occurred_at - ${from.toISOString()}::timestamptz) * 1000 / ${stepMs}::float8)::integer AS bar,
      count(*)::integer AS calls
    FROM llm_call WHERE ${withPrompt(scope, question)} AND line = 0 AND prompt_hash = ANY(${[...prompts]}::text[])
    GROUP BY 1, 2`);
  const count = Math.ceil((to.getTime() - from.getTime()) / stepMs);
  const bars = new Map<string, number[]>();
  for (const { prompt, bar, calls } of rows) {
    const own = bars.get(prompt) ?? new Array<number>(count).fill(0);
    own[bar] = calls;
    bars.set(prompt, own);
  }
  return new Map([...bars].map(([prompt, calls]) => [prompt, { calls, stepMs }]));
}
