import { expect, test } from "vitest";
import { storeCalls } from "@/lib/calls/write";
import { checkQuery, runReport } from "@/lib/reports/registry";
import { callRow, emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const call = (prompt: string | null, time: string, rest: Sketch = {}): Sketch => ({
  prompt_hash: prompt,
  occurred_at: at(time).toISOString(),
  ...rest,
});
/** `count` calls of one prompt, `gapMs` apart. */
const run = (prompt: string, count: number, from: string, gapMs: number, rest: Sketch = {}): Sketch[] =>
  Array.from({ length: count }, (_, index) => ({
    ...rest,
    prompt_hash: prompt,
    occurred_at: new Date(at(from).getTime() + index * gapMs).toISOString(),
  }));

const hot = (scope: Parameters<typeof runReport>[0], overrides = {}) =>
  runReport(scope, "hot-prompts", query(overrides), NOW);

test("hot-prompts: calls, spend, latency, first and last seen, tenants and features, the dearest first", async () => {
  const scope = emptyProject();
  await store(scope, [
    call("aaaa", "10:00:00", { cost: 50, latency_ms: 100 }),
    call("aaaa", "12:00:00", { cost: 60, latency_ms: 201, tenant_id: "Fabrikam", feature: "agent-run" }),
    call("bbbb", "11:00:00", { cost: 200, latency_ms: 7 }),
    call(null, "11:30:00", { cost: 1_000 }),
    call("unpriced", "09:00:00", { cost: null }),
  ]);
  const { rows, rowCount, totals } = await hot(scope);
  const none = { storms: 0n, storm_calls: 0n, storm_first_seen: null, storm_last_seen: null };
  const noRepeats = { repeats: 0n, wasted: 0n, unpriced_repeats: 0n };
  const own = { tenant: "Northwind", tenants: 1n, feature: "support-reply", features: 1n, unpriced_calls: 0n };
  expect(rows).toEqual([
    {
      ...{ prompt: "bbbb", calls: 1n, cost: 200n, latency: 7, first_seen: at("11:00"), last_seen: at("11:00") },
      ...own,
      ...noRepeats,
      ...none,
    },
    {
      ...{ prompt: "aaaa", calls: 2n, cost: 110n, latency: 150.5, first_seen: at("10:00"), last_seen: at("12:00") },
      ...{ tenant: null, tenants: 2n, feature: null, features: 2n, unpriced_calls: 0n },
      ...noRepeats,
      ...none,
    },
    {
      ...{ prompt: "unpriced", calls: 1n, cost: 0n, latency: null, first_seen: at("09:00"), last_seen: at("09:00") },
      ...own,
      ...noRepeats,
      ...none,
      unpriced_calls: 1n,
    },
  ]);
  expect([rowCount, totals]).toEqual([3, { calls: 4n, cost: 310n }]);
});

test("hot-prompts sorts by any of its figures, exactly, and cuts", async () => {
  const scope = emptyProject();
  await store(scope, [
    call("dear", "10:00:00", { cost: 9, latency_ms: 1 }),
    ...run("often", 3, "08:00:00", 3_600_000, { cost: 1, latency_ms: 5 }),
    ...run("again", 2, "07:00:00", 60_000, { cost: 2, latency_ms: 3 }),
  ]);
  const order = async (key: string, dir: "asc" | "desc" = "desc") =>
    (await hot(scope, { sort: { key, dir } })).rows.map(({ prompt }) => prompt);
  expect(await order("cost")).toEqual(["dear", "again", "often"]);
  expect(await order("calls")).toEqual(["often", "again", "dear"]);
  expect(await order("calls", "asc")).toEqual(["dear", "again", "often"]);
  expect(await order("latency")).toEqual(["often", "again", "dear"]);
  expect(await order("first_seen", "asc")).toEqual(["again", "often", "dear"]);
  expect(await order("last_seen")).toEqual(["dear", "often", "again"]);
  expect(await order("wasted")).toEqual(["again", "dear", "often"]);
  expect(await order("repeats")).toEqual(["again", "dear", "often"]);
  const { rows, rowCount } = await hot(scope, { sort: { key: "wasted", dir: "desc" }, limit: 1 });
  expect([rows.map(({ prompt }) => prompt), rowCount]).toEqual([["again"], 3]);
});

test("a storm is more calls than storm_calls within less than storm_minutes, anywhere in the life of its prompt", async () => {
  const scope = emptyProject();
  const minutes = (count: number) => count * 60_000;
  await store(scope, [
    call("long-lived", "00:10:00"),
    // 101 calls, the last 299.9 s after the first.
    ...run("long-lived", 101, "03:00:00", 2_999),
    call("long-lived", "20:00:00"),
    // 101 calls in exactly five minutes are none, nor are 100 at once.
    ...run("too-slow", 101, "03:00:00", 3_000),
    ...run("too-few", 100, "03:00:00", 0),
    // Two runs of one prompt apart, and a third that goes on for a quarter of an hour.
    ...run("twice", 101, "05:00:00", 1_000),
    ...run("twice", 103, "09:00:00", 1_000),
    ...run("lasting", 451, "11:00:00", 2_000),
  ]);
  const { rows } = await hot(scope, { sort: { key: "last_seen", dir: "asc" } });
  const storms = Object.fromEntries(
    rows.map((row) => [row.prompt, [row.storms, row.storm_calls, row.storm_first_seen, row.storm_last_seen]]),
  );
  expect(storms).toEqual({
    "long-lived": [1n, 101n, at("03:00:00"), at("03:04:59.900")],
    "too-slow": [0n, 0n, null, null],
    "too-few": [0n, 0n, null, null],
    twice: [2n, 204n, at("05:00:00"), at("09:01:42")],
    lasting: [1n, 451n, at("11:00:00"), new Date(at("11:00:00").getTime() + minutes(15))],
  });
  const { rows: found, rowCount } = await runReport(scope, "retry-storms", query(), NOW);
  expect(found.map(({ prompt, calls, first_seen }) => [prompt, calls, first_seen])).toEqual([
    ["lasting", 451n, at("11:00:00")],
    ["twice", 103n, at("09:00:00")],
    ["twice", 101n, at("05:00:00")],
    ["long-lived", 101n, at("03:00:00")],
  ]);
  expect(rowCount).toBe(4);
  const lower = await runReport(scope, "retry-storms", query({ options: { storm_calls: 99, storm_minutes: 6 } }), NOW);
  expect(lower.rows.map(({ prompt }) => prompt).sort()).toEqual(
    ["lasting", "long-lived", "too-few", "too-slow", "twice", "twice"].sort(),
  );
  const later = { from: at("03:00:10"), to: at("23:00:00") };
  const cut = await runReport(scope, "retry-storms", query({ period: later }), NOW);
  expect(cut.rows.map(({ prompt }) => prompt)).not.toContain("long-lived");
});

test("retry-storms: what each was", async () => {
  const scope = emptyProject();
  const own = { tenant_id: "Fabrikam", feature: "agent-run", deploy_sha: "a1b2c3d", model: "claude-opus-5-5" };
  await store(scope, [
    call("9c41", "02:56:00", { cost: 5, tenant_id: "Fabrikam" }),
    ...run("9c41", 110, "03:00:00", 1_000, { ...own, cost: 10, attempt: 7 }),
    ...run("9c41", 1, "03:00:30.500", 0, { ...own, cost: null, attempt: 38 }),
  ]);
  const { rows, totals } = await runReport(scope, "retry-storms", query(), NOW);
  expect(rows).toEqual([
    {
      ...{ prompt: "9c41", first_seen: at("03:00:00"), last_seen: at("03:01:49") },
      ...{ calls: 111n, cost: 1_100n, unpriced_calls: 1n, repeats: 111n, wasted: 1_100n, unpriced_repeats: 1n },
      ...{ tenant: "Fabrikam", tenants: 1n, feature: "agent-run", features: 1n, deploy: "a1b2c3d", deploys: 1n },
      ...{ model: "claude-opus-5-5", models: 1n, last_attempt: 38n },
    },
  ]);
  expect(totals).toMatchObject({ calls: 111n, wasted: 1_100n });
});

test("repeats-by-feature: the same prompt of the same tenant again within repeat_minutes; what they cost is wasted", async () => {
  const scope = emptyProject();
  await store(scope, [
    call("p", "10:00:00", { cost: 1 }),
    call("p", "10:05:00", { cost: 10 }),
    call("p", "10:10:00.001", { cost: 100 }),
    call("p", "10:01:00", { cost: 1_000, tenant_id: "Fabrikam" }),
    call("q", "10:01:00", { cost: 10_000, feature: "agent-run" }),
    call("q", "10:01:00", { cost: 10_000, feature: "agent-run" }),
    call("q", "10:02:00", { cost: null, feature: "agent-run" }),
    call(null, "10:00:00", { cost: 7 }),
    call(null, "10:00:01", { cost: 7 }),
  ]);
  const { rows, totals } = await runReport(scope, "repeats-by-feature", query(), NOW);
  expect(rows).toEqual([
    { feature: "agent-run", repeats: 2n, wasted: 10_000n, unpriced_repeats: 1n },
    { feature: "support-reply", repeats: 1n, wasted: 10n, unpriced_repeats: 0n },
  ]);
  expect(totals).toEqual({ repeats: 3n, wasted: 10_010n, unpriced_repeats: 1n });
  const longer = await runReport(scope, "repeats-by-feature", query({ options: { repeat_minutes: 6 } }), NOW);
  expect(longer.totals).toMatchObject({ repeats: 4n, wasted: 10_110n });
});

test("a call repeats one before the period; periods side by side add up", async () => {
  const scope = emptyProject();
  await store(scope, run("p", 10, "09:57:30", 60_000, { cost: 1 }));
  const wasted = async (from: string, to: string) => {
    const period = { from: at(from), to: at(to) };
    const [{ totals }, { rows }] = await Promise.all([
      runReport(scope, "repeats-by-feature", query({ period }), NOW),
      hot(scope, { period, sort: { key: "wasted", dir: "desc" } }),
    ]);
    expect(rows[0]).toMatchObject({ repeats: totals.repeats, wasted: totals.wasted });
    return totals.wasted;
  };
  expect([await wasted("09:00", "10:00"), await wasted("10:00", "11:00")]).toEqual([2n, 7n]);
  expect(await wasted("09:00", "11:00")).toBe(9n);
});

test("further lines of a call are its cost, not calls, and no repeats of themselves", async () => {
  const scope = emptyProject();
  const lines = (request: string, time: string) => {
    const first = callRow(scope, { ...call("p", time, { cost: 5 }), request_id: request });
    return [first, { ...first, line: 1, model: "other", cost_usd_picos: "2", list_cost_usd_picos: "2" }] as const;
  };
  await storeCalls([lines("one", "10:00:00"), lines("two", "10:00:30")]);
  const { rows } = await hot(scope);
  expect(rows).toMatchObject([{ calls: 2n, cost: 14n, repeats: 1n, wasted: 7n }]);
});

test("cost-by-attempt: each attempt by itself, the first from the rollups", async () => {
  const scope = emptyProject();
  await store(scope, [
    call("p", "10:00:00", { cost: 1 }),
    call("q", "10:00:00", { cost: 2 }),
    call("p", "10:00:10", { cost: 10, attempt: 2 }),
    call("p", "10:00:20", { cost: null, attempt: 3 }),
    call("p", "10:00:30", { cost: 100, attempt: 38 }),
  ]);
  const { rows, totals } = await runReport(scope, "cost-by-attempt", query(), NOW);
  expect(rows).toEqual([
    { attempt: "1", calls: 2n, cost: 3n, unpriced_calls: 0n },
    { attempt: "2", calls: 1n, cost: 10n, unpriced_calls: 0n },
    { attempt: "3", calls: 1n, cost: 0n, unpriced_calls: 1n },
    { attempt: "38", calls: 1n, cost: 100n, unpriced_calls: 0n },
  ]);
  expect(totals).toMatchObject({ calls: 5n, cost: 113n, unpriced_calls: 1n });
});

test("who sees some tenants only meets their prompts, repeats and storms", async () => {
  const all = emptyProject();
  await store(all, [
    ...run("shared", 60, "10:00:00", 1_000, { cost: 1 }),
    ...run("shared", 60, "10:00:00", 1_000, { cost: 1, tenant_id: "Fabrikam" }),
    call("other", "11:00:00", { tenant_id: "Fabrikam", cost: 5 }),
  ]);
  const own = { ...all, tenants: ["Northwind"] };
  expect((await runReport(all, "retry-storms", query(), NOW)).rowCount).toBe(1);
  expect((await runReport(own, "retry-storms", query(), NOW)).rowCount).toBe(0);
  expect((await hot(own)).rows).toMatchObject([{ prompt: "shared", tenants: 1n, calls: 60n, repeats: 59n }]);
  expect((await runReport(own, "repeats-by-feature", query(), NOW)).totals).toMatchObject({ wasted: 59n });
});

test("only reports with repeats can be sorted by them", () => {
  const sorted = query({ sort: { key: "wasted", dir: "desc" } });
  expect(checkQuery("hot-prompts", sorted)).toEqual([]);
  expect(checkQuery("cost-by-tenant", sorted)).toEqual([{ path: "sort", message: "is no column of cost-by-tenant" }]);
});
