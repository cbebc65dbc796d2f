import { expect, test } from "vitest";
import { storeCalls } from "@/lib/calls/write";
import { runReport } from "@/lib/reports/registry";
import { callRow, emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const period = { from: new Date("2026-11-20T00:00Z"), to: new Date("2026-11-20T12:00Z") };

/** A write of tokens for 5 minutes on 20 November, a picodollar a token. */
const write = (time: string, tokens: number, more: Sketch = {}): Sketch => ({
  occurred_at: `2026-11-20T${time}.000Z`,
  prefix_hash: "p",
  cache_create_5m_tokens: tokens,
  cost: tokens,
  input_cost_usd_picos: "0",
  cache_create_5m_cost_usd_picos: String(tokens),
  ...more,
});

test("unread-cache-writes: what was written longer ago than it lives is unread, however its prefix is used since", async () => {
  const scope = emptyProject();
  const used = (time: string) => write(time, 1, { cache_read_tokens: 100 });
  await store(scope, [
    write("11:50:00", 7, { cache_read_tokens: 500 }),
    // In use every few minutes, beyond the hour after the period.
    ...["11:54:00", "11:58:00", "12:02:00", "12:06:00", "12:10:00"].map(used),
    write("11:56:00", 9, { prefix_hash: "lone" }),
  ]);
  const figures = async (asOf: string) => {
    const { totals } = await runReport(scope, "unread-cache-writes", query({ period }), new Date(asOf));
    return [totals.unread_cost, totals.open_cost];
  };
  expect(await figures("2026-11-20T12:00:30Z")).toEqual([8n, 10n]);
  expect(await figures("2026-11-20T12:30:00Z")).toEqual([18n, 0n]);
  expect(await figures("2026-12-20T12:00:00Z")).toEqual([18n, 0n]);
});

test("reports on the cache count calls of a billion tokens of each kind", async () => {
  const scope = emptyProject();
  const huge = { input_tokens: 1e9, cache_read_tokens: 1e9, cache_create_1h_tokens: 1e9 };
  await store(scope, [write("10:00:00", 1e9, huge)]);
  const run = (name: Parameters<typeof runReport>[1]) => runReport(scope, name, query({ period }), NOW);
  expect((await run("unread-cache-writes")).totals).toMatchObject({ write_tokens: 2_000_000_000n });
  expect((await run("prompts-under-cache-minimum")).rows).toMatchObject([{ mean_prompt_tokens: 4e9, short_calls: 0n }]);
  expect((await run("unstable-prefixes")).totals).toMatchObject({ calls: 1n, write_tokens: 2_000_000_000n });
});

test("further lines of a call are in the tokens of a prefix, not in its calls", async () => {
  const scope = emptyProject();
  await storeCalls(
    Array.from({ length: 60 }, (_, i) => {
      const first = callRow(scope, write(`10:00:${String(i).padStart(2, "0")}`, 10, { prefix_hash: `p${i}` }));
      return [first, { ...first, line: 1, model: "other" }] as const;
    }),
  );
  const stable = await runReport(scope, "unstable-prefixes", query({ period }), NOW);
  expect(stable.rows).toMatchObject([
    { verdict: "unstable", prefixes: 60n, calls: 60n, calls_per_prefix: 1, write_tokens: 1200n },
  ]);
  const advice = await runReport(scope, "cache-lifetime-advice", query({ period }), NOW);
  expect(advice.totals).toMatchObject({ uses: 60n });
});

test("cache-savings: unknown are the tokens without a price among others with one, not those that were free", async () => {
  const scope = emptyProject();
  const read = { cache_create_5m_tokens: 0, cache_create_5m_cost_usd_picos: "0", cache_read_tokens: 100 };
  await store(scope, [
    // Sonnet 5.5 reads at 100,000 picodollars a token.
    write("10:00:00", 0, { ...read, cost: 10_000_000, cache_read_cost_usd_picos: "10000000" }),
    write("10:01:00", 0, {
      ...read,
      cost: null,
      input_cost_usd_picos: null,
      cache_create_5m_cost_usd_picos: null,
      cache_read_cost_usd_picos: null,
    }),
    write("10:02:00", 0, { ...read, feature: "refused", status_code: 429, pricing_status: "not_billable" }),
  ]);
  const { rows } = await runReport(scope, "cache-savings", query({ period }), NOW);
  expect(rows).toMatchObject([
    { feature: "refused", cached_cost: 0n, unknown_tokens: 0n },
    { feature: "support-reply", cached_cost: 10_000_000n, unknown_tokens: 100n },
  ]);
});
