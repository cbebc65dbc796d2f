import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { runReport } from "@/lib/reports/registry";
import { listTraces, readTracedCalls } from "@/lib/sessions/read-trace";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute)).toJSON();

type Kinds = Readonly<{ read?: number; write1h?: number; write5m?: number; fresh?: number; output?: number }>;

/** A call whose tokens cost by kind: read 1, write 1h 20, write 5m 12, fresh 10, output 50 picodollars each. */
function call(session_id: string | null, minute: number, kinds: Kinds, more: Sketch = {}): Sketch {
  const { read = 0, write1h = 0, write5m = 0, fresh = 0, output = 0 } = kinds;
  const cost = [read, 20 * write1h, 12 * write5m, 10 * fresh, 50 * output];
  const [ofRead, of1h, of5m, ofFresh, ofOutput] = cost.map(String);
  const total = String(cost.reduce((sum, one) => sum + one, 0));
  return {
    ...{ session_id, occurred_at: at(minute), latency_ms: 2000 },
    ...{ cache_read_tokens: read, cache_create_1h_tokens: write1h, cache_create_5m_tokens: write5m },
    ...{ input_tokens: fresh, output_tokens: output },
    ...{ cost_usd_picos: total, list_cost_usd_picos: total, output_cost_usd_picos: ofOutput },
    ...{ cache_read_cost_usd_picos: ofRead, cache_create_1h_cost_usd_picos: of1h },
    ...{ cache_create_5m_cost_usd_picos: of5m, input_cost_usd_picos: ofFresh },
    ...more,
  };
}

const UNPRICED: Sketch = {
  ...{ cost_usd_picos: null, list_cost_usd_picos: null, input_cost_usd_picos: null, output_cost_usd_picos: null },
  ...{ cache_read_cost_usd_picos: null, cache_create_1h_cost_usd_picos: null, cache_create_5m_cost_usd_picos: null },
  ...{ web_search_cost_usd_picos: null, pricing_status: "unpriced", pricing_reason: "unknown model" },
};

const all = { offset: 0, limit: 1000 };
const owner = { environment: "production", tenantId: "Northwind" };

async function traced(scope: Scope, id: string) {
  const calls = await readTracedCalls(scope, { kind: "session", id }, owner, [], all);
  return calls.map((one) => [one.resentReadTokens, one.resentTokens, one.resentCostUsdPicos]);
}

describe("what was sent before", () => {
  test("is at most the input and output of the call before, the cache first, then writes, then fresh", async () => {
    const scope = emptyProject();
    await store(scope, [
      call("s", 0, { write5m: 1000, fresh: 50, output: 100 }),
      // 1,150 of 1,350 may have been sent before: 1,000 read, 100 written, and 50 of the 250 fresh.
      call("s", 1, { read: 1000, write5m: 100, fresh: 250, output: 10 }),
      // Shorter than the call before: all of it, and the 1h writes stand before those of 5m.
      call("s", 2, { write1h: 5, write5m: 6, fresh: 7 }),
    ]);
    expect(await traced(scope, "s")).toEqual([
      [0, 0, 0n],
      [1000, 1150, BigInt(1000 + 100 * 12 + 50 * 10)],
      [0, 18, BigInt(5 * 20 + 6 * 12 + 7 * 10)],
    ]);
  });

  test("follows each feature and model by itself, and passes over attempts that sent nothing", async () => {
    const scope = emptyProject();
    await store(scope, [
      call("s", 0, { fresh: 100, output: 10 }),
      call("s", 1, { fresh: 40 }, { feature: "other" }),
      call("s", 2, { fresh: 70 }, { model: "other" }),
      call("s", 3, {}, { status_code: 429 }),
      call("s", 4, { fresh: 200 }),
      call("s", 5, { fresh: 90 }, { feature: "other" }),
      // The same id of another tenant is another conversation.
      call("s", 6, { fresh: 500 }, { tenant_id: "Contoso" }),
    ]);
    const tokens = (await traced(scope, "s")).map(([, resent]) => resent);
    expect(tokens).toEqual([0, 0, 0, 0, 110, 40]);
  });

  test("what has no price has no cost, and a page of a long session is part of the whole", async () => {
    const scope = emptyProject();
    await store(scope, [
      call("s", 0, { fresh: 10 }),
      call("s", 1, { fresh: 20 }, UNPRICED),
      call("s", 2, { fresh: 30 }),
    ]);
    expect((await traced(scope, "s")).map(([, , cost]) => cost)).toEqual([0n, null, 200n]);
    const page = await readTracedCalls(scope, { kind: "session", id: "s" }, owner, [], { offset: 2, limit: 1 });
    expect(page.map(({ resentTokens }) => resentTokens)).toEqual([20]);
  });

  test("what another session wrote to the cache is not sure, and counts of any size are told", async () => {
    const scope = emptyProject();
    const much = 1_000_000_000;
    await store(scope, [
      call("s", 0, { write5m: 100, fresh: 900 }),
      call("s", 1, { read: 800, fresh: 300 }),
      call("s", 2, { read: much, write1h: much, write5m: much, fresh: much, output: much }),
      call("s", 3, { read: much, write1h: much, write5m: much, fresh: much }),
    ]);
    expect((await traced(scope, "s")).map(([sure, most]) => [sure, most])).toEqual([
      [0, 0],
      [100, 1000],
      [800, 1100],
      [much, 4 * much],
    ]);
  });

  /** The same by hand, call after call. */
  function byHand(calls: readonly { feature: string; kinds: Required<Kinds> }[]): (number | bigint)[][] {
    const before = new Map<string, Readonly<{ sent: number; cached: number }>>();
    return calls.map(({ feature, kinds: { read, write1h, write5m, fresh, output } }) => {
      const input = read + write1h + write5m + fresh;
      const { sent = 0, cached = 0 } = before.get(feature) ?? {};
      let left = Math.min(input, sent);
      const found = [Math.min(read, left, cached), left];
      if (input > 0) before.set(feature, { sent: input + output, cached: read + write1h + write5m });
      let cost = 0;
      for (const [tokens, rate] of [
        [read, 1],
        [write1h, 20],
        [write5m, 12],
        [fresh, 10],
      ] as const) {
        cost += Math.min(tokens, left) * rate;
        left -= Math.min(tokens, left);
      }
      return [...found, BigInt(cost)];
    });
  }

  test("lies between its bounds, costs no more than the input, and is the same by hand", async () => {
    const tokens = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3000 }));
    const kinds = fc.record({ read: tokens, write1h: tokens, write5m: tokens, fresh: tokens, output: tokens });
    const calls = fc.array(fc.record({ feature: fc.constantFrom("a", "b"), kinds }), { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(calls, async (sent) => {
        const scope = emptyProject();
        await store(
          scope,
          sent.map(({ feature, kinds }, minute) => call("s", minute, kinds, { feature })),
        );
        const rows = await traced(scope, "s");
        expect(rows).toEqual(byHand(sent));
        const [trace] = await listTraces(scope, { kind: "session", id: "s" }, []);
        const sum = (at: number) => rows.reduce((total, row) => total + BigInt(row[at] ?? 0), 0n);
        const [least, most, cost] = [sum(0), sum(1), sum(2)];
        expect([trace?.resentReadTokens, trace?.resentTokens, trace?.resentCostUsdPicos]).toEqual([least, most, cost]);
        expect(trace && least <= most && most <= trace.inputTokens && cost <= trace.costUsdPicos).toBe(true);
        const { rows: listed } = await runReport(scope, "dearest-sessions", query(), NOW);
        expect(listed[0]).toMatchObject({ resent_tokens: sum(1), resent_read_tokens: sum(0), resent_cost: sum(2) });
      }),
      { numRuns: 15, seed: 5 },
    );
  });
});

describe("one session", () => {
  test("of several tenants is listed for each that may be seen, with all of its calls whenever they were", async () => {
    const scope = emptyProject();
    const id = "../%<script>🎉".padEnd(127, "é");
    await store(scope, [
      call(id, 0, { fresh: 10, output: 1 }, { task_id: "t1", deploy_sha: "b" }),
      call(id, 1, {}, { task_id: "t1", deploy_sha: "a", status_code: 529 }),
      call(id, 2, { fresh: 30 }, { task_id: "t2", deploy_sha: "a", attempt: 2, latency_ms: 500, feature: "zoning" }),
      call(id, 3, { fresh: 99 }, { line: 0, tenant_id: "Contoso" }),
      call(id, 4, { fresh: 1 }, { environment: "staging", occurred_at: "2026-10-01T00:00:00.000Z" }),
    ]);
    const list = (narrowed: Scope, filters = {}) =>
      listTraces(narrowed, { kind: "session", id }, Object.keys(filters).length ? [filters as never] : []);
    const everybody = await list(scope);
    expect(everybody.map(({ tenantId, environment, calls }) => [tenantId, environment, calls])).toEqual([
      ["Contoso", "production", 1],
      ["Northwind", "production", 3],
      ["Northwind", "staging", 1],
    ]);
    expect(everybody[1]).toEqual({
      ...owner,
      ...{ calls: 3, lines: 3, turns: 2, failures: 1, unpricedCalls: 0 },
      ...{ firstAt: new Date(at(0)), endAt: new Date(Date.parse(at(2)) + 500), costUsdPicos: 450n },
      ...{ inputTokens: 40n, resentTokens: 0n, resentReadTokens: 0n, resentCostUsdPicos: 0n },
      ...{ firstInputTokens: 10n, lastInputTokens: 30n },
      ...{ features: ["support-reply", "zoning"], deploys: ["b", "a"], sessions: [id], tasks: ["t1", "t2"] },
    });
    // Of too many calls to sort, everything but what was sent before.
    const unsorted = await listTraces(scope, { kind: "session", id }, [], 4);
    const [resentTokens, resentReadTokens, resentCostUsdPicos] = [null, null, null];
    expect(unsorted).toEqual(
      everybody.map((one) => ({
        ...one,
        ...{ resentTokens, resentReadTokens, resentCostUsdPicos, sessions: [], tasks: [] },
      })),
    );
    expect(await list({ ...scope, tenants: ["Contoso"] } as Scope)).toHaveLength(1);
    expect(await list({ ...scope, tenants: ["Globex"] } as Scope)).toEqual([]);
    expect(await list({ ...scope, environment: "staging" } as Scope)).toHaveLength(1);
    expect(await list(scope, { dimension: "tenant", op: "is", values: ["Contoso"] })).toHaveLength(1);
    const [task] = await listTraces(scope, { kind: "task", id: "t1" }, []);
    expect([task?.calls, task?.sessions]).toEqual([2, [id]]);
    expect(await listTraces(scope, { kind: "session", id: "nobody's" }, [])).toEqual([]);
    expect(await listTraces(scope, { kind: "session", id: "\0" }, [])).toEqual([]);
  });
});

describe("dearest-sessions", () => {
  test("holds the calls of the period, the dearest first, and what all sessions come to", async () => {
    const scope = emptyProject();
    await store(scope, [
      call("long", 0, { fresh: 10, output: 1 }),
      call("long", 5, { read: 5, fresh: 20 }, { attempt: 2, feature: "zoning" }),
      call("long", 6, { fresh: 1000 }, { occurred_at: "2026-11-01T00:00:00.000Z" }),
      call("dear", 3, { output: 100 }),
      call("dear", 3, { fresh: 1 }, { tenant_id: "=1+1" }),
      call("unknown", 4, { fresh: 3 }, UNPRICED),
      call(null, 4, { fresh: 300 }),
    ]);
    const { rows, rowCount, totals, coverage } = await runReport(scope, "dearest-sessions", query({ limit: 2 }), NOW);
    expect(rows).toEqual([
      {
        ...{ session: "dear", tenant: "Northwind", environment: "production", features: "support-reply" },
        ...{
          cost: 5000n,
          calls: 1n,
          turns: 1n,
          first_seen: new Date(at(3)),
          last_seen: new Date(at(3)),
          duration: 2000,
        },
        ...{ first_input_tokens: null, last_input_tokens: null, input_growth: null, input_tokens: 0n },
        ...{ resent_tokens: 0n, resent_read_tokens: 0n, resent_share: null, resent_cost: 0n, unpriced_calls: 0n },
      },
      {
        ...{ session: "long", tenant: "Northwind", environment: "production", features: "zoning support-reply" },
        ...{ cost: 355n, calls: 2n, turns: 1n, first_seen: new Date(at(0)), last_seen: new Date(at(5)) },
        ...{ duration: 302_000, first_input_tokens: 10n, last_input_tokens: 25n, input_growth: 2.5, input_tokens: 35n },
        // The call before the period sent as much as the first call within it.
        ...{ resent_tokens: 10n, resent_read_tokens: 0n, resent_share: 10 / 35, resent_cost: 100n, unpriced_calls: 0n },
      },
    ]);
    expect([rowCount, totals, coverage.calls]).toEqual([4, { cost: 5365n, calls: 5n, unpriced_calls: 1n }, 6n]);
  });

  test("a session begun before the period sent again what it sent there", async () => {
    const scope = emptyProject();
    const before = { occurred_at: "2026-08-01T00:00:00.000Z" };
    await store(scope, [
      call("s", 0, { write5m: 100, fresh: 10, output: 5 }, before),
      // Neither of another feature, nor of another tenant, nor a refused one.
      call("s", 0, { fresh: 7000 }, { occurred_at: "2026-08-02T00:00:00.000Z", feature: "zoning" }),
      call("s", 0, { fresh: 7000 }, { occurred_at: "2026-08-02T00:00:00.000Z", tenant_id: "Contoso" }),
      call("s", 0, {}, { occurred_at: "2026-08-03T00:00:00.000Z", status_code: 429 }),
      call("s", 1, { read: 90, fresh: 100 }),
      call("s", 2, { read: 90, fresh: 300 }),
    ]);
    const { rows } = await runReport(scope, "dearest-sessions", query(), NOW);
    const mine = rows.find(({ tenant }) => tenant === "Northwind");
    expect(mine).toMatchObject({ calls: 2n, first_input_tokens: 190n, resent_tokens: 305n, resent_read_tokens: 180n });
  });

  test("tells median, 95th percentile and the dearest hundredth from the sessions themselves", async () => {
    const { listDearestSessions } = await import("@/lib/sessions/dearest-sessions");
    const scope = emptyProject();
    const cost = (session: number) => (session === 150 ? 9000 : session);
    await store(
      scope,
      Array.from({ length: 150 }, (_, i) => call(`s${i}`, 0, { read: cost(i + 1) })),
    );
    // Without a price they would be half of all sessions, at nothing.
    await store(
      scope,
      Array.from({ length: 150 }, (_, i) => call(`u${i}`, 0, { fresh: 1 }, UNPRICED)),
    );
    const { summary, sessions } = await listDearestSessions(scope, query(), 0);
    expect(sessions).toEqual([]);
    expect(summary).toEqual({
      ...{ sessions: 300n, calls: 300n, cost: BigInt((149 * 150) / 2 + 9000), unpricedCalls: 150n },
      unpricedSessions: 150n,
      ...{ medianCost: 75n, p95Cost: 143n, longestMs: 0n, mostCalls: 1n, topSessions: 2n, topCost: 9149n },
    });
    const none = await listDearestSessions(emptyProject(), query(), 10);
    expect(none).toMatchObject({ sessions: [], summary: { sessions: 0n, cost: 0n, medianCost: null, topCost: 0n } });
  });
});
