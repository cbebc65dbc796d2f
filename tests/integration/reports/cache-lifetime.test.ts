import fc from "fast-check";
import { expect, test } from "vitest";
import { runReport } from "@/lib/reports/registry";
import { EVERY_ROW } from "@/lib/reports/schema";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const MINUTE = 60_000;
const TOKENS = 1000;
/** Claude Sonnet 5.5: picodollars a token. */
const RATE = { "5m": 2_500_000, "1h": 4_000_000, read: 100_000 } as const;
type Lifetime = "5m" | "1h";

const LIVES = { "5m": 5 * MINUTE, "1h": 60 * MINUTE } as const;

/** The calls of one prefix as a cache of a lifetime would serve them, and what they cost. */
function serve(feature: string, gaps: readonly number[], lifetime: Lifetime): { calls: Sketch[]; bill: number } {
  let at = Date.parse("2026-11-15T00:00:00.000Z");
  let bill = 0;
  const calls = [Number.POSITIVE_INFINITY, ...gaps].map((gap): Sketch => {
    if (Number.isFinite(gap)) at += gap;
    const isHit = gap <= LIVES[lifetime];
    const cost = TOKENS * (isHit ? RATE.read : RATE[lifetime]);
    bill += cost;
    const kind = isHit ? "cache_read" : `cache_create_${lifetime}`;
    return {
      occurred_at: new Date(at).toISOString(),
      feature,
      prefix_hash: feature,
      [`${kind}_tokens`]: TOKENS,
      cost,
      input_cost_usd_picos: "0",
      [`${kind}_cost_usd_picos`]: String(cost),
    };
  });
  return { calls, bill };
}

test("cache-lifetime-advice: the other lifetime costs what a cache of it would have billed for the same calls", async () => {
  const scope = emptyProject();
  const gaps = fc.sample(fc.array(fc.integer({ min: 1, max: 150 * MINUTE }), { maxLength: 30 }), {
    numRuns: 40,
    seed: 20261121,
  });
  const edge = [5 * MINUTE, 5 * MINUTE + 1, 60 * MINUTE, 60 * MINUTE + 1];
  const cases = [edge, ...gaps].map((times, i) => ({
    short: { name: `short${i}`, ...serve(`short${i}`, times, "5m") },
    long: { name: `long${i}`, ...serve(`long${i}`, times, "1h") },
  }));
  await store(
    scope,
    cases.flatMap(({ short, long }) => [...short.calls, ...long.calls]),
  );
  const { rows } = await runReport(scope, "cache-lifetime-advice", query({ limit: EVERY_ROW }), NOW);
  const byFeature = new Map(rows.map((row) => [row.feature, row]));
  for (const { short, long } of cases) {
    expect(byFeature.get(short.name)).toMatchObject({ change_1h: BigInt(long.bill - short.bill), change_5m: null });
    expect(byFeature.get(long.name)).toMatchObject({ change_5m: BigInt(short.bill - long.bill), change_1h: null });
  }
});

test("unread-cache-writes: nothing is lost that the next use reads, everything that it writes again", async () => {
  const scope = emptyProject();
  const gaps = fc.sample(fc.array(fc.integer({ min: 1, max: 12 * MINUTE }), { maxLength: 30 }), {
    numRuns: 40,
    seed: 20261122,
  });
  const cases = gaps.map((times, i) => ({ times, ...serve(`f${i}`, times, "5m") }));
  await store(
    scope,
    cases.flatMap(({ calls }) => calls),
  );
  const { rows } = await runReport(scope, "unread-cache-writes", query({ limit: EVERY_ROW }), NOW);
  const byFeature = new Map(rows.map((row) => [row.feature, row]));
  for (const [i, { times }] of cases.entries()) {
    // A write is read exactly when a hit follows it.
    const hits = [false, ...times.map((gap) => gap <= LIVES["5m"])];
    const lost = hits.filter((isHit, at) => !isHit && hits[at + 1] !== true).length;
    expect(byFeature.get(`f${i}`)?.unread_tokens).toBe(BigInt(lost * TOKENS));
  }
});
