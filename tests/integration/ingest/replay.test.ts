import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { verifyRollups } from "@/lib/calls/verify";
import { writeDb } from "@/lib/db";
import { type IngestContext, ingestCalls } from "@/lib/ingest/ingest-calls";
import { toDecimalUsd } from "@/lib/money";
import { createCallsApi } from "@/tests/support/api";
import { anthropicUsage, buildCall, type CallBody } from "@/tests/support/calls";
import { createProject } from "@/tests/support/project";

const NOW = new Date("2026-11-21T12:00:00Z");
const CONTEXT: IngestContext = { environment: "production", now: NOW, retentionMonths: 25 };

/** Few tenants, ids and hours, so that calls meet in identities and in rollup groups. */
const anyCall: fc.Arbitrary<CallBody> = fc
  .record({
    request: fc.nat(12),
    tenant: fc.constantFrom("a", "B", "ä"),
    hour: fc.constantFrom("2026-11-20T23:59:59.999Z", "2026-11-21T00:00:00.000Z", "2026-10-31T23:00:00Z"),
    model: fc.constantFrom("claude-sonnet-5-5", "claude-haiku-4-5", "no-such-model"),
    input: fc.nat(1_000_000_000),
    output: fc.nat(3),
    status: fc.constantFrom(200, 200, 200, 429, 500),
    attempt: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ request, tenant, hour, model, input, output, status, attempt }) =>
    buildCall({
      request_id: `req_${request}`,
      tenant_id: tenant,
      occurred_at: hour,
      model,
      usage: anthropicUsage({ input, output }),
      status_code: status,
      attempt,
    }),
  );
const batches = fc.array(fc.array(anyCall, { maxLength: 12 }), { minLength: 1, maxLength: 6 });

const identity = (call: CallBody) => `${call.tenant_id}/${call.occurred_at}/${call.request_id}`;

type Sums = { rows: bigint; cost: bigint | null; calls: bigint; unpriced: bigint };

async function sumsOf(projectId: number): Promise<{ raw: Sums; hours: Sums; days: Sums }> {
  const one = (rows: Sums[]) => rows[0] ?? expect.unreachable();
  const db = writeDb();
  return {
    raw: one(
      await db.$queryRaw`SELECT count(*) AS rows, coalesce(sum(cost_usd_picos), 0)::bigint AS cost, count(*) AS calls,
        count(*) FILTER (WHERE pricing_status = 'unpriced') AS unpriced FROM llm_call WHERE project_id = ${projectId}`,
    ),
    hours: one(
      await db.$queryRaw`SELECT count(*) AS rows, coalesce(sum(cost_usd_picos), 0)::bigint AS cost,
        coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(unpriced_calls), 0)::bigint AS unpriced
        FROM usage_hour WHERE project_id = ${projectId}`,
    ),
    days: one(
      await db.$queryRaw`SELECT count(*) AS rows, coalesce(sum(cost_usd_picos), 0)::bigint AS cost,
        coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(unpriced_calls), 0)::bigint AS unpriced
        FROM usage_day WHERE project_id = ${projectId}`,
    ),
  };
}

/** As another instance of the server would: with a queue, and so with statements under way, of its own. */
function ingestElsewhere(...args: Parameters<typeof ingestCalls>): ReturnType<typeof ingestCalls> {
  const own = globalThis.spendtraceCommitQueue;
  globalThis.spendtraceCommitQueue = undefined;
  const result = ingestCalls(...args);
  globalThis.spendtraceCommitQueue = own;
  return result;
}

describe("ingest", () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  it("counts every call once, whoever sends it how often: replay changes nothing, sums stay exact", async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (sent) => {
        const { id, scope } = await createProject();
        // All batches at once, half of them elsewhere: writers meet on the same calls and the same groups.
        const results = await Promise.all(
          sent.map((batch, i) => (i % 2 === 0 ? ingestCalls : ingestElsewhere)(scope, batch, CONTEXT)),
        );
        const distinct = new Set(sent.flat().map(identity)).size;
        const add = (pick: (result: (typeof results)[number]) => number) =>
          results.reduce((sum, result) => sum + pick(result), 0);
        expect(add((result) => result.accepted)).toBe(distinct);
        expect(add((result) => result.accepted + result.duplicates + result.conflicts.length)).toBe(sent.flat().length);

        const first = await sumsOf(id);
        expect(first.raw.calls).toBe(BigInt(distinct));
        expect(first.raw.unpriced).toBe(BigInt(add((result) => result.unpriced)));
        for (const rollup of [first.hours, first.days]) {
          expect({ ...rollup, rows: 0n }).toEqual({ ...first.raw, rows: 0n });
        }
        expect((await verifyRollups(scope)).differences).toEqual([]);

        const again = await Promise.all([...sent].reverse().map((batch) => ingestCalls(scope, batch, CONTEXT)));
        expect(again.reduce((sum, result) => sum + result.accepted, 0)).toBe(0);
        expect(await sumsOf(id)).toEqual(first);
      }),
      { numRuns: 25 },
    );
  });

  it("stores to the picodollar what it prices", async () => {
    const { id, scope } = await createProject();
    const calls = Array.from({ length: 300 }, (_, i) =>
      buildCall({ model: "claude-haiku-4-5", usage: anthropicUsage({ input: i * 7_919, read: i, output: 1 }) }),
    );
    await ingestCalls(scope, calls, CONTEXT);
    // Haiku 4.5: 1, 0.10 and 5 dollars per million tokens of input, cache read and output.
    const picos = calls.reduce(
      (sum, _, i) => sum + BigInt(i * 7_919) * 1_000_000n + BigInt(i) * 100_000n + 5_000_000n,
      0n,
    );
    const { hours, days } = await sumsOf(id);
    expect([hours.cost, days.cost].map((cost) => toDecimalUsd(cost ?? 0n))).toEqual(Array(2).fill(toDecimalUsd(picos)));
  });

  it("reports other content under a known identity, and the first stays", async () => {
    const api = await createCallsApi();
    const call = buildCall();
    const other = { ...call, latency_ms: 9 };
    const message = "a call with this request_id, occurred_at and tenant_id is stored with other content; it stays";
    expect((await api.post([call, other, { ...call }])).body).toEqual({
      accepted: 1,
      duplicates: 1,
      unpriced: 0,
      rejected: [],
      conflicts: [{ index: 1, request_id: call.request_id, message }],
    });
    const again = await api.post([{ ...call, occurred_at: "2026-11-20T13:00:00+01:00" }, other]);
    expect([again.status, again.body.duplicates, again.body.conflicts.length]).toEqual([200, 1, 1]);
    expect((await api.list()).body.calls).toMatchObject([{ request_id: call.request_id, latency_ms: 1200 }]);
  });

  it("keeps the lines of one send together: a second send with more models adds none", async () => {
    const { id, scope } = await createProject();
    const iterations = [
      { type: "advisor_message", model: "claude-opus-5", input_tokens: 10, output_tokens: 10 },
      { type: "message", model: "claude-sonnet-5", input_tokens: 20, output_tokens: 20 },
    ];
    const single = buildCall({ model: "claude-sonnet-5" });
    const several = { ...single, usage: { ...single.usage, iterations } };
    await ingestCalls(scope, [single], CONTEXT);
    expect(await ingestCalls(scope, [several], CONTEXT)).toMatchObject({ accepted: 0, conflicts: [{ index: 0 }] });
    expect((await sumsOf(id)).raw.rows).toBe(1n);
    expect(await ingestCalls(scope, [{ ...several, request_id: "other" }], CONTEXT)).toMatchObject({ accepted: 1 });
    const { raw, hours } = await sumsOf(id);
    expect([raw.rows, hours.calls]).toEqual([3n, 2n]);
  });
});

describe("verifyRollups", () => {
  it("sees a rollup that is off, missing or too many", async () => {
    const { id, scope } = await createProject();
    await ingestCalls(scope, [buildCall(), buildCall({ tenant_id: "Contoso" })], CONTEXT);
    const db = writeDb();
    const tables = async () =>
      (await verifyRollups(scope)).differences.map(({ table, key }) => [table, key.tenant_id]).sort();
    expect(await tables()).toEqual([]);
    await db.$executeRaw`UPDATE usage_hour SET cost_usd_picos = cost_usd_picos + 1 WHERE project_id = ${id} AND tenant_id = 'Contoso'`;
    await db.$executeRaw`DELETE FROM usage_day WHERE project_id = ${id} AND tenant_id = 'Northwind'`;
    expect(await tables()).toEqual([
      ["usage_day", "Northwind"],
      ["usage_hour", "Contoso"],
    ]);
    await db.$executeRaw`DELETE FROM llm_call WHERE project_id = ${id}`;
    expect(await tables()).toHaveLength(3);
    await db.$executeRaw`DELETE FROM usage_hour WHERE project_id = ${id}`;
    await db.$executeRaw`DELETE FROM usage_day WHERE project_id = ${id}`;
    expect(await tables()).toEqual([]);
  });
});
