import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { verifyRollups } from "@/lib/calls/verify";
import { closeDb, writeDb } from "@/lib/db";
import { type IngestContext, ingestCalls } from "@/lib/ingest/ingest-calls";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { currentPrices } from "@/lib/pricing/current-prices";
import { saveContract } from "@/lib/pricing/save-contract";
import { claimRun, type RepricingRun } from "@/lib/reprice/claim";
import { closeMonth, listClosedMonths, reopenMonth } from "@/lib/reprice/closed-months";
import { listRuns, readAdjustments, readDifference, readDifferenceSums, readRun } from "@/lib/reprice/read-runs";
import { applyRun, cancelRun, createRun, resumeRun, undoRun } from "@/lib/reprice/runs";
import { type WorkOptions, workOnRun } from "@/lib/reprice/work-on-run";
import { anthropicUsage, buildCall, type CallBody } from "@/tests/support/calls";
import { createProject } from "@/tests/support/project";
import { createPerson } from "@/tests/support/visitor";

// The runs of these tests are worked on step by step, not in the background.
vi.mock("@/lib/reprice/worker", () => ({ wakeRepriceWorker: () => undefined }));

const NOW = new Date("2026-11-21T12:00:00Z");
const CONTEXT: IngestContext = { environment: "production", now: NOW, retentionMonths: 25 };
/** What `buildCall` costs: 1,000 × 2 and 100 × 10 dollars a million tokens. */
const LIST = 3_000_000_000n;
const ALL = { from: "2026-10-01", to: "2026-12-01", models: [], reason: "new contract", version: null };
const DISCOUNT: StoredOverride = {
  ...{ kind: "adjustment", id: "d1", from: "2026-01-01", to: null, note: "", provider: "anthropic" },
  ...{ platform: null, model: null, percent: "-10" },
};
const ALIAS: StoredOverride = {
  ...{ kind: "alias", id: "a1", from: "2026-01-01", to: null, note: "", model: "house-model" },
  target: "claude-sonnet-5-5",
};

let userId: string;
beforeAll(async () => {
  ({ userId } = await createPerson(null));
});
afterAll(closeDb);

async function send(scope: Scope, calls: readonly CallBody[]): Promise<void> {
  const result = await ingestCalls(scope, calls, CONTEXT);
  expect(result).toMatchObject({ accepted: calls.length, rejected: [] });
}

async function setContract(scope: Scope, overrides: readonly StoredOverride[]): Promise<number> {
  const { version } = await currentPrices(scope);
  const result = await saveContract(scope, { basedOn: version, overrides, reason: "test", userId });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.version;
}

/** Claims this project's run; runs of other projects are left to their lease. */
async function claim(scope: Scope, number: number): Promise<RepricingRun> {
  for (;;) {
    const run = await claimRun(`worker of ${scope.projectId}`);
    if (!run) throw new Error("no run to claim");
    if (run.projectId === scope.projectId && run.number === number) return run;
  }
}

async function work(scope: Scope, number: number, options?: WorkOptions): Promise<boolean> {
  return workOnRun(await claim(scope, number), options);
}

async function reprice(scope: Scope, request: Partial<typeof ALL> = {}): Promise<number> {
  const number = await createRun(scope, userId, { ...ALL, ...request });
  await work(scope, number);
  await applyRun(scope, userId, number);
  await work(scope, number);
  return number;
}

async function costs(scope: Scope) {
  return writeDb().$queryRaw<Record<string, unknown>[]>`
    SELECT request_id AS id, cost_usd_picos AS cost, list_cost_usd_picos AS list, pricing_status AS status,
      price_version AS version, former_price_version AS former, reprice_run AS run
    FROM llm_call WHERE project_id = ${scope.projectId} ORDER BY occurred_at, request_id`;
}

async function rows(scope: Scope): Promise<unknown> {
  return writeDb().$queryRaw`
    SELECT occurred_at, request_id, line, input_cost_usd_picos, cache_create_5m_cost_usd_picos, cache_create_1h_cost_usd_picos,
      cache_read_cost_usd_picos, output_cost_usd_picos, web_search_cost_usd_picos, cost_usd_picos, list_cost_usd_picos,
      pricing_status, pricing_reason, pricing_notes, price_id, price_tier, price_multipliers
    FROM llm_call WHERE project_id = ${scope.projectId} ORDER BY occurred_at, request_id, line`;
}

async function expectRollupsEqual(scope: Scope): Promise<void> {
  expect((await verifyRollups(scope)).differences).toEqual([]);
}

describe("a re-price run", () => {
  it("shows what would change by month, model and tenant, and changes nothing before it is applied", async () => {
    const { scope } = await createProject();
    await send(scope, [
      buildCall({ tenant_id: "Acme", occurred_at: "2026-10-31T23:59:59.999Z" }),
      buildCall({ tenant_id: "Acme", occurred_at: "2026-11-01T00:00:00Z" }),
      buildCall({ tenant_id: "=1+1", occurred_at: "2026-11-02T00:00:00Z", model: "house-model" }),
      buildCall({ tenant_id: "Acme", occurred_at: "2026-11-03T00:00:00Z", status_code: 500 }),
    ]);
    const before = await rows(scope);
    const version = await setContract(scope, [DISCOUNT, ALIAS]);
    const number = await createRun(scope, userId, ALL);
    expect(await readRun(scope, number)).toMatchObject({ number: 1, status: "previewing", version, rowsDone: 0n });
    await work(scope, number);
    expect(await readRun(scope, number)).toMatchObject({
      ...{ status: "previewed", rowsDone: 3n, rowsTotal: 3n, rowsChanged: 3n, rowsClosed: 0n, versionsBefore: [1] },
    });
    const sums = { listBefore: LIST, listAfter: LIST, costBefore: LIST, costAfter: 2_700_000_000n };
    const none = { unpricedBefore: 0n, unpricedAfter: 0n };
    const found = { ...sums, listBefore: 0n, costBefore: 0n, unpricedBefore: 1n, unpricedAfter: 0n };
    expect(await readDifference(scope, number, "month")).toEqual([
      { name: "2026-10", calls: 1n, ...none, ...sums },
      {
        ...{ name: "2026-11", calls: 2n, unpricedBefore: 1n, unpricedAfter: 0n },
        ...{ listBefore: LIST, listAfter: 2n * LIST, costBefore: LIST, costAfter: 5_400_000_000n },
      },
    ]);
    expect(await readDifference(scope, number, "model")).toMatchObject([
      { name: "house-model", calls: 1n, ...found },
      { name: "claude-sonnet-5-5", calls: 2n, ...none, costBefore: 2n * LIST, costAfter: 5_400_000_000n },
    ]);
    expect((await readDifference(scope, number, "tenant")).map(({ name }) => name)).toEqual(["=1+1", "Acme"]);
    expect(await rows(scope)).toEqual(before);
    await expectRollupsEqual(scope);
  });

  it("changes rows and rollups together, says by which version and run, and does nothing the second time", async () => {
    const { scope } = await createProject();
    await send(scope, [buildCall({ request_id: "r1" }), buildCall({ request_id: "r2", model: "house-model" })]);
    await setContract(scope, [DISCOUNT, ALIAS]);
    const number = await reprice(scope);
    const changed = { cost: 2_700_000_000n, list: LIST, status: "priced", version: 2, former: 1, run: number };
    expect(await costs(scope)).toEqual([
      { id: "r1", ...changed },
      { id: "r2", ...changed },
    ]);
    expect(await readRun(scope, number)).toMatchObject({ status: "done", rowsChanged: 2n, versionsBefore: [1] });
    await expectRollupsEqual(scope);
    const [hour] = await writeDb().$queryRaw<Record<string, bigint>[]>`
      SELECT sum(cost_usd_picos)::bigint AS cost, sum(list_cost_usd_picos)::bigint AS list, sum(unpriced_calls)::bigint AS unpriced,
        sum(calls)::bigint AS calls FROM usage_day WHERE project_id = ${scope.projectId}`;
    expect(hour).toEqual({ cost: 5_400_000_000n, list: 2n * LIST, unpriced: 0n, calls: 2n });

    const again = await reprice(scope);
    expect(await readRun(scope, again)).toMatchObject({ status: "done", rowsDone: 2n, rowsChanged: 0n });
    expect(await costs(scope)).toMatchObject([{ run: number }, { run: number }]);
    expect((await readDifferenceSums(scope, again)).open).toMatchObject({ calls: 0n, costBefore: 0n, costAfter: 0n });
  });

  it("is undone to the last column, also where calls had been priced by several versions", async () => {
    const { scope } = await createProject();
    await send(scope, [buildCall({ request_id: "r1" }), buildCall({ request_id: "r2", model: "house-model" })]);
    await setContract(scope, [ALIAS]);
    await send(scope, [
      buildCall({ request_id: "r3", model: "house-model", usage: anthropicUsage({ write5m: 7, read: 9 }) }),
    ]);
    const before = await rows(scope);
    await setContract(scope, [{ ...DISCOUNT, percent: "-12.5" }, ALIAS]);
    const number = await reprice(scope);
    expect(await readRun(scope, number)).toMatchObject({ rowsChanged: 3n, versionsBefore: [1, 2] });
    await send(scope, [buildCall({ request_id: "r4" })]);

    const undo = await undoRun(scope, userId, number, "wrong percent");
    await work(scope, undo);
    expect(await readRun(scope, undo)).toMatchObject({ status: "previewed", undoes: number, rowsChanged: 3n });
    await applyRun(scope, userId, undo);
    await work(scope, undo);
    expect((await rows(scope)) as unknown[]).toEqual([...(before as unknown[]), expect.anything()]);
    expect(await costs(scope)).toMatchObject([
      { id: "r1", version: 1, former: 3, run: undo },
      { id: "r2", version: 1, cost: null, status: "unpriced" },
      { id: "r3", version: 2 },
      { id: "r4", version: 3, run: null },
    ]);
    await expectRollupsEqual(scope);
    const redo = await undoRun(scope, userId, undo, "it was right");
    await work(scope, redo);
    await applyRun(scope, userId, redo);
    await work(scope, redo);
    expect(await costs(scope)).toMatchObject([
      { version: 3 },
      { version: 3 },
      { version: 3 },
      { version: 3, run: null },
    ]);
    await expectRollupsEqual(scope);
  });

  it("prices by any former version", async () => {
    const { scope } = await createProject();
    await setContract(scope, [DISCOUNT]);
    await send(scope, [buildCall()]);
    expect(await costs(scope)).toMatchObject([{ cost: 2_700_000_000n, version: 2 }]);
    const number = await createRun(scope, userId, { ...ALL, version: 1 });
    await work(scope, number);
    await applyRun(scope, userId, number);
    await work(scope, number);
    expect(await costs(scope)).toMatchObject([{ cost: LIST, list: LIST, version: 1, former: 2 }]);
  });

  it("keeps to its models and days", async () => {
    const { scope } = await createProject();
    await send(scope, [
      buildCall({ request_id: "early", occurred_at: "2026-11-09T23:59:59.999Z" }),
      buildCall({ request_id: "in", occurred_at: "2026-11-10T00:00:00Z" }),
      buildCall({ request_id: "other", occurred_at: "2026-11-10T00:00:00Z", model: "claude-opus-5" }),
      buildCall({ request_id: "late", occurred_at: "2026-11-11T00:00:00Z" }),
    ]);
    await setContract(scope, [DISCOUNT]);
    const number = await reprice(scope, {
      from: "2026-11-10",
      to: "2026-11-11",
      models: ["claude-sonnet-5-5"] as never,
    });
    expect((await costs(scope)).filter(({ run }) => run === number).map(({ id }) => id)).toEqual(["in"]);
  });
});

describe("in the course of a run", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      buildCall({
        request_id: `n${index}`,
        occurred_at: `2026-11-${10 + (index % 3)}T0${index % 7}:00:00Z`,
        attempt: 1 + (index % 2),
      }),
    );

  it("can be stopped, lost by its worker, cancelled and resumed without a call counted twice or left out", async () => {
    const { scope } = await createProject();
    await send(scope, many(50));
    await setContract(scope, [DISCOUNT]);
    const number = await createRun(scope, userId, ALL);
    let steps = 0;
    expect(await work(scope, number, { stepRows: 4, shouldStop: () => ++steps > 3 })).toBe(false);
    expect(await readRun(scope, number)).toMatchObject({ status: "previewing", rowsDone: 12n });
    // The worker died: its lease ends, and another takes the run.
    await writeDb()
      .$executeRaw`UPDATE reprice_run SET lease_until = now() - interval '1 second' WHERE project_id = ${scope.projectId}`;
    expect(await work(scope, number, { stepRows: 4 })).toBe(true);
    expect(await readRun(scope, number)).toMatchObject({ status: "previewed", rowsDone: 50n, rowsChanged: 50n });

    await applyRun(scope, userId, number);
    const run = await claim(scope, number);
    steps = 0;
    const cancelled = workOnRun(run, {
      stepRows: 7,
      shouldStop: () => {
        if (++steps === 3) void cancelRun(scope, number);
        return false;
      },
    });
    await expect(cancelled).rejects.toThrow("cancelled or taken over");
    const stopped = await readRun(scope, number);
    expect(stopped?.status).toBe("cancelled");
    expect(stopped?.rowsDone).toBeLessThan(50n);
    expect((await costs(scope)).filter((row) => row.run === number)).toHaveLength(Number(stopped?.rowsChanged));
    await expectRollupsEqual(scope);

    await resumeRun(scope, number);
    await work(scope, number, { stepRows: 7 });
    expect(await readRun(scope, number)).toMatchObject({ status: "done", rowsDone: 50n, rowsChanged: 50n });
    expect((await readDifferenceSums(scope, number)).open).toMatchObject({
      calls: 50n,
      costAfter: 50n * 2_700_000_000n,
    });
    await expectRollupsEqual(scope);
  });

  it("ingest goes on, and the rollups are the sums of the calls at every step", async () => {
    const { scope } = await createProject();
    await send(scope, many(60));
    await setContract(scope, [DISCOUNT]);
    const number = await createRun(scope, userId, ALL);
    await work(scope, number);
    await applyRun(scope, userId, number);
    const arriving = Array.from({ length: 30 }, (_, index) =>
      buildCall({ request_id: `late${index}`, occurred_at: `2026-11-${10 + (index % 3)}T0${index % 7}:00:00Z` }),
    );
    const sending = (async () => {
      for (const call of arriving) await send(scope, [call]);
    })();
    const checking = (async () => {
      for (let i = 0; i < 8; i++) await expectRollupsEqual(scope);
    })();
    await Promise.all([work(scope, number, { stepRows: 5 }), sending, checking]);
    await expectRollupsEqual(scope);
    const found = await costs(scope);
    expect(found).toHaveLength(90);
    expect(found.filter(({ cost }) => cost !== 2_700_000_000n)).toEqual([]);
  });
});

describe("a closed month", () => {
  const october = () => buildCall({ request_id: "oct", tenant_id: "Acme", occurred_at: "2026-10-20T10:00:00Z" });
  const november = () => buildCall({ request_id: "nov", tenant_id: "Acme", occurred_at: "2026-11-20T10:00:00Z" });
  const adjusted = { month: "2026-10", tenantId: "Acme", model: "claude-sonnet-5-5" };

  it("keeps its calls: the difference becomes an adjustment, once", async () => {
    const { scope } = await createProject();
    await send(scope, [october(), november()]);
    await setContract(scope, [DISCOUNT]);
    await closeMonth(scope, userId, "2026-10", NOW);
    const first = await reprice(scope);
    expect(await costs(scope)).toMatchObject([
      { id: "oct", cost: LIST, run: null },
      { id: "nov", cost: 2_700_000_000n, run: first },
    ]);
    expect(await readRun(scope, first)).toMatchObject({ rowsChanged: 1n, rowsClosed: 1n });
    expect((await readDifferenceSums(scope, first)).closed).toMatchObject({ calls: 1n, costAfter: 2_700_000_000n });
    expect(await readAdjustments(scope, first)).toEqual([{ ...adjusted, cost: -300_000_000n, listCost: 0n }]);

    const second = await reprice(scope);
    expect(await readAdjustments(scope, second)).toEqual([]);

    await setContract(scope, [{ ...DISCOUNT, percent: "-20" }]);
    const third = await reprice(scope);
    expect(await readAdjustments(scope, third)).toEqual([{ ...adjusted, cost: -300_000_000n, listCost: 0n }]);

    const undo = await undoRun(scope, userId, third, "back to ten");
    await work(scope, undo);
    await applyRun(scope, userId, undo);
    await work(scope, undo);
    expect(await readAdjustments(scope, undo)).toEqual([{ ...adjusted, cost: 300_000_000n, listCost: 0n }]);
    expect(await costs(scope)).toMatchObject([{ cost: LIST }, { cost: 2_700_000_000n }]);
    await expectRollupsEqual(scope);
  });

  it("that is opened again is re-priced for good, and its adjustments are taken back", async () => {
    const { scope } = await createProject();
    await send(scope, [october()]);
    await setContract(scope, [DISCOUNT]);
    await closeMonth(scope, userId, "2026-10", NOW);
    await reprice(scope);
    await reopenMonth(scope, "2026-10");
    const number = await reprice(scope);
    expect(await costs(scope)).toMatchObject([{ cost: 2_700_000_000n, run: number }]);
    expect(await readAdjustments(scope, number)).toEqual([{ ...adjusted, cost: 300_000_000n, listCost: 0n }]);
    await expectRollupsEqual(scope);
  });

  it("is over, and is not closed while a run is being applied", async () => {
    const { scope } = await createProject();
    await expect(closeMonth(scope, userId, "2026-11", NOW)).rejects.toThrow(
      "2026-11 is not over: a month can be closed from the first day of the next",
    );
    await expect(reopenMonth(scope, "2026-10")).rejects.toThrow("2026-10 is not closed");
    await send(scope, [october()]);
    const number = await createRun(scope, userId, ALL);
    await work(scope, number);
    await applyRun(scope, userId, number);
    await expect(closeMonth(scope, userId, "2026-10", NOW)).rejects.toThrow("A run is being applied");
    await work(scope, number);
    await closeMonth(scope, userId, "2026-10", NOW);
    expect(await listClosedMonths(scope)).toMatchObject([{ month: "2026-10" }]);
  });
});

describe("refused with the rule", () => {
  it("a span without calls, an unknown version, a second run, what is not applied or not stopped", async () => {
    const { scope } = await createProject();
    await expect(createRun(scope, userId, ALL)).rejects.toThrow(
      "There are no calls from 2026-10-01 to 2026-12-01: choose a span with calls",
    );
    await send(scope, [buildCall()]);
    await expect(createRun(scope, userId, { ...ALL, models: ["x"] })).rejects.toThrow("There are no calls of x from");
    await expect(createRun(scope, userId, { ...ALL, version: 99 })).rejects.toThrow(
      "There is no such version of the prices",
    );
    const number = await createRun(scope, userId, ALL);
    await expect(createRun(scope, userId, ALL)).rejects.toThrow(
      "Another run is under way: wait for it or cancel it first",
    );
    await expect(applyRun(scope, userId, number)).rejects.toThrow("Only a run whose dry run has ended can be applied");
    await expect(undoRun(scope, userId, number, "no")).rejects.toThrow(
      `Run ${number} has changed nothing that could be undone`,
    );
    await expect(resumeRun(scope, number)).rejects.toThrow("Only a stopped run can be resumed");
    await cancelRun(scope, number);
    await expect(cancelRun(scope, number)).rejects.toThrow("The run is over already");
    const { scope: other } = await createProject();
    await expect(cancelRun(other, number)).rejects.toThrow("The run is over already");
    expect(await readRun(other, number)).toBeNull();
    // A run sums over all tenants: whoever may see only some sees none of it.
    const some = { ...scope, tenants: ["acme"] } as Scope;
    expect(await readRun(some, number)).toBeNull();
    expect(await listRuns(some)).toEqual([]);
    expect(await listRuns(scope)).toHaveLength(1);
  });
});
