import fc from "fast-check";
import { expect, test } from "vitest";
import { runReport } from "@/lib/reports/registry";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const calls = (of: Sketch, latencies: readonly number[]): Sketch[] =>
  latencies.map((latency_ms) => ({ ...of, latency_ms }));

test("latency-percentiles: by model, of successful calls, by nearest rank; first tokens where told", async () => {
  const scope = emptyProject();
  await store(scope, [
    ...calls({ model: "slow" }, [100, 200, 300, 400]),
    ...calls({ model: "fast", ttft_ms: 7 }, [10]),
    ...calls({ model: "fast" }, [20, 20]),
    { model: "fast", latency_ms: 0 },
    { model: "untold", latency_ms: 0 },
    { model: "fast", latency_ms: 1, status_code: 429 },
    { model: "fast", latency_ms: 1, status_code: 529, attempt: 2 },
    { model: "fast", latency_ms: 3_600_000, service_tier: "batch" },
    { model: "served within", line: 1, latency_ms: 1 },
    { model: "outside", latency_ms: 1, occurred_at: "2026-11-01T00:00:00.000Z" },
  ]);
  const { rows, totals, rowCount, coverage } = await runReport(scope, "latency-percentiles", query(), NOW);
  const none = { ttft_calls: 0n, ttft_p50: null, ttft_p95: null, ttft_p99: null };
  expect(rows).toEqual([
    { model: "slow", latency_calls: 4n, latency_p50: 200, latency_p95: 400, latency_p99: 400, ...none },
    {
      model: "fast",
      ...{ latency_calls: 3n, latency_p50: 20, latency_p95: 20, latency_p99: 20 },
      ...{ ttft_calls: 1n, ttft_p50: 7, ttft_p95: 7, ttft_p99: 7 },
    },
  ]);
  expect([rowCount, coverage.calls]).toEqual([2, 12n]);
  // Of all seven together: no mean of 200 and 20.
  expect(totals).toMatchObject({ latency_calls: 7n, latency_p50: 100, latency_p95: 400 });
  const both = await runReport(scope, "latency-percentiles", query({ groupBy: ["feature", "model"], limit: 1 }), NOW);
  expect(both.rows).toMatchObject([{ model: "slow", feature: "support-reply", latency_p50: 200 }]);
  expect(both.rowCount).toBe(2);
  const tiers = await runReport(scope, "latency-percentiles", query({ groupBy: ["service_tier"] }), NOW);
  expect(tiers.rows[1]).toMatchObject({ service_tier: "batch", latency_calls: 1n, latency_p50: 3_600_000 });
});

test("latency-percentiles: whatever the latencies, the nearest rank of the sorted list", async () => {
  const nearestRank = (values: readonly number[], percent: number) =>
    [...values].sort((a, b) => a - b)[Math.ceil((percent * values.length) / 100) - 1];
  const latency = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 600_000 }));
  await fc.assert(
    fc.asyncProperty(fc.array(latency, { minLength: 1, maxLength: 120 }), async (latencies) => {
      const scope = emptyProject();
      await store(scope, calls({}, latencies));
      const { totals, rows } = await runReport(scope, "latency-percentiles", query(), NOW);
      const expected = {
        latency_calls: BigInt(latencies.length),
        latency_p50: nearestRank(latencies, 50),
        latency_p95: nearestRank(latencies, 95),
        latency_p99: nearestRank(latencies, 99),
      };
      expect([totals, rows[0]]).toMatchObject([expected, expected]);
    }),
    { seed: 5, numRuns: 20 },
  );
});

test("input-percentiles: cached and fresh together, over time", async () => {
  const scope = emptyProject();
  const day = (at: string, input_tokens: number): Sketch => ({
    occurred_at: `2026-11-${at}T12:00:00.000Z`,
    input_tokens,
    cache_read_tokens: 100,
    cache_create_5m_tokens: 10,
    cache_create_1h_tokens: 1,
  });
  await store(scope, [day("19", 1), day("19", 2), day("19", 9), day("20", 5), { input_tokens: 0, status_code: 500 }]);
  const { rows, totals } = await runReport(scope, "input-percentiles", query({ bucket: "day" }), NOW);
  const p = (p50: number, p95: number, mean: number) => ({
    ...{ input_tokens_p50: p50, input_tokens_p95: p95, input_tokens_p99: p95, input_tokens_mean: mean },
  });
  expect(rows).toEqual([
    { bucket: new Date("2026-11-19"), feature: "support-reply", input_tokens_calls: 3n, ...p(113, 120, 115) },
    { bucket: new Date("2026-11-20"), feature: "support-reply", input_tokens_calls: 1n, ...p(116, 116, 116) },
  ]);
  expect(totals).toEqual({ input_tokens_calls: 4n, ...p(113, 120, 115.25) });
  await store(scope, [{ ...day("19", 7), feature: "other" }]);
  const cut = await runReport(scope, "input-percentiles", query({ bucket: "day", limit: 1 }), NOW);
  expect([cut.rows, cut.rowCount]).toEqual([rows, 2]);
});

test("output-of-max-tokens: what an answer took of what it was allowed, of calls that tell it", async () => {
  const scope = emptyProject();
  await store(scope, [
    { output_tokens: 100, max_tokens: 1000 },
    { output_tokens: 250, max_tokens: 1000 },
    { output_tokens: 1000, max_tokens: 1000 },
    { output_tokens: 5_000 },
    { output_tokens: 0, max_tokens: 1000, status_code: 429 },
  ]);
  const { rows } = await runReport(scope, "output-of-max-tokens", query(), NOW);
  expect(rows).toMatchObject([
    {
      feature: "support-reply",
      output_share_calls: 3n,
      output_share_p50: 0.25,
      output_share_p95: 1,
      output_tokens_p50: 250,
      max_tokens_p50: 1000,
    },
  ]);
});
