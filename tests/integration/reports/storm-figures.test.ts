import { expect, test } from "vitest";
import { tellStorms } from "@/app/[project]/prompts/read-prompts";
import type { View } from "@/app/[project]/view";
import { storeCalls } from "@/lib/calls/write";
import { describeStorms, findStorms, sumStorms } from "@/lib/reports/prompt-storms";
import { runReport } from "@/lib/reports/registry";
import { callRow, emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const START = Date.parse("2026-11-20T00:00:00Z");
/** A storm of 101 calls, one a second, in an hour of the day. */
const storm = (prompt: string, hour: number, rest: Sketch): Sketch[] =>
  Array.from({ length: 101 }, (_, i) => ({
    prompt_hash: prompt,
    occurred_at: new Date(START + hour * 3_600_000 + i * 1000).toISOString(),
    ...rest,
  }));

test("retry-storms: totals are of all storms, whatever the limit; the dearest is found among all", async () => {
  const scope = emptyProject();
  await store(scope, [
    ...storm("dear", 1, { cost: 100 }),
    ...Array.from({ length: 13 }, (_, i) => storm("cheap", 2 + i, { cost: 1 })).flat(),
    ...storm("unpriced", 20, { cost: null }),
  ]);
  const { rows, rowCount, totals } = await runReport(scope, "retry-storms", query({ limit: 1 }), NOW);
  expect([rows.map(({ prompt }) => prompt), rowCount]).toEqual([["unpriced"], 15]);
  expect(totals).toEqual({
    calls: 1515n,
    cost: 11_413n,
    unpriced_calls: 101n,
    repeats: 1500n,
    wasted: 11_300n,
    unpriced_repeats: 100n,
  });
  const storms = await findStorms(scope, query(), ["dear", "cheap", "unpriced"]);
  const sums = await sumStorms(scope, query(), storms);
  expect(sums).toEqual((await describeStorms(scope, query(), storms)).map((one) => expect.objectContaining(pick(one))));
  expect((await tellStorms(scope, { query: query() } as View, storms))?.storm.prompt).toBe("dear");
});

const pick = ({ cost, unpricedCalls, repeats, wasted, unpricedRepeats }: Awaited<ReturnType<typeof sumStorms>>[0]) => {
  return { cost, unpricedCalls, repeats, wasted, unpricedRepeats };
};

test("a storm has a limit only where each of its calls had it, and the models of its calls, not of their further lines", async () => {
  const scope = emptyProject();
  const limit = (max_tokens: number | null) => ({ max_tokens, stop_reason: "max_tokens", model: "claude-opus-5-5" });
  const sketches = [
    ...storm("all", 1, limit(400)),
    ...storm("some", 2, limit(400)).map((one, i) => (i === 0 ? { ...one, max_tokens: null } : one)),
  ];
  await storeCalls(
    sketches.map((sketch) => {
      const first = callRow(scope, sketch);
      return [first, { ...first, line: 1, model: "other", max_tokens: null }] as const;
    }),
  );
  const storms = await findStorms(scope, query(), ["all", "some"]);
  expect(await describeStorms(scope, query(), storms)).toMatchObject([
    { prompt: "some", maxTokens: null, cut: 101, model: "claude-opus-5-5", models: 1 },
    { prompt: "all", maxTokens: 400, cut: 101, model: "claude-opus-5-5", models: 1 },
  ]);
});

test("hot-prompts: a further line without a hash is in no prompt's spend, nor in the total", async () => {
  const scope = emptyProject();
  const first = callRow(scope, { prompt_hash: "p", cost: 5 });
  await storeCalls([[first, { ...first, line: 1, prompt_hash: null, cost_usd_picos: "2", list_cost_usd_picos: "2" }]]);
  const { rows, totals } = await runReport(scope, "hot-prompts", query(), NOW);
  expect([rows.map(({ cost }) => cost), totals]).toEqual([[5n], { calls: 1n, cost: 5n }]);
});
