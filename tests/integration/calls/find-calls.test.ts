import { beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { decodeCallId, encodeCallId } from "@/lib/calls/call-id";
import type { CallRow } from "@/lib/calls/columns";
import { listNeighbours } from "@/lib/calls/neighbours";
import { type CallsQuery, parseCallsQuery } from "@/lib/calls/query";
import { type Call, listCalls, listNewerCalls } from "@/lib/calls/read";
import { summarizeCalls } from "@/lib/calls/summarize";
import { storeCalls } from "@/lib/calls/write";
import { callRow, emptyProject, NOW, type Sketch, store } from "@/tests/support/call-rows";

const ids = (calls: readonly Call[]) =>
  calls.map(({ requestId, line }) => (line > 0 ? `${requestId}/${line}` : requestId));

/** Calls that several models served: one row each. */
async function storeLines(scope: Scope, calls: readonly (readonly Sketch[])[]): Promise<void> {
  await storeCalls(calls.map((lines) => lines.map((line) => callRow(scope, line)) as [CallRow, ...CallRow[]]));
}

function asked(text: string): CallsQuery {
  const parsed = parseCallsQuery(new URLSearchParams(text), NOW);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.query;
}

const errorsOf = (text: string) => {
  const parsed = parseCallsQuery(new URLSearchParams(text), NOW);
  return parsed.ok ? [] : parsed.errors.map(({ path }) => path);
};

describe("paging both ways", () => {
  const scope = emptyProject();
  let whole: string[] = [];

  beforeAll(async () => {
    // Moments shared by up to twelve calls of three tenants, some of several lines.
    const at = (i: number) => new Date(Date.UTC(2026, 10, 20, 8, 0, Math.floor(i / 12))).toISOString();
    const sketch = (i: number): Sketch => ({
      request_id: `r${i % 4}_${i}`,
      occurred_at: at(i),
      tenant_id: ["Contoso", "contoso", "Ü"][i % 3],
      feature: i % 5 === 0 ? "agent-run" : "support-reply",
    });
    const lines = (i: number) => (i % 7 === 0 ? [sketch(i), { ...sketch(i), line: 1 }] : [sketch(i)]);
    await storeLines(
      scope,
      Array.from({ length: 103 }, (_, i) => lines(i)),
    );
    whole = ids((await listCalls(scope, asked("period=7d&limit=1000"))).calls);
  });

  it.each([
    ["", 118],
    ["&filter.feature=agent-run", 24],
    ["&filter.tenant=contoso&filter.tenant=%C3%9C", 78],
  ])("holds every call once, older and newer%s", async (filter, count) => {
    const all = ids((await listCalls(scope, asked(`period=7d&limit=1000${filter}`))).calls);
    expect([all.length, whole.length]).toEqual([count, 118]);
    const pages: Call[][] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof listCalls>> = await listCalls(
        scope,
        asked(`period=7d&limit=7&cursor=${cursor}${filter}`),
      );
      pages.push([...page.calls]);
      cursor = page.nextCursor;
    }
    expect(ids(pages.flat())).toEqual(all);
    const back: Call[] = [...(pages.at(-1) ?? [])];
    for (let isFirst = pages.length === 1; !isFirst; ) {
      const [first] = back;
      if (!first) throw new Error("a page without calls");
      const page = await listNewerCalls(scope, asked(`period=7d&limit=7&cursor=${encodeCallId(first)}${filter}`));
      back.unshift(...page.calls);
      isFirst = page.isFirst;
    }
    expect(ids(back)).toEqual(all);
  });

  it("goes on from a cursor of another question, where that call would stand", async () => {
    const [, , third] = (await listCalls(scope, asked("period=7d&filter.feature=support-reply"))).calls;
    if (!third) throw new Error("three calls");
    const page = await listCalls(scope, asked(`period=7d&limit=1000&cursor=${encodeCallId(third)}`));
    expect(ids(page.calls)).toEqual(whole.slice(whole.indexOf(ids([third])[0] ?? "") + 1));
    expect(decodeCallId("rubbish")).toBeNull();
    expect(errorsOf("cursor=rubbish")).toEqual(["cursor"]);
  });
});

describe("filters that only a call has", () => {
  const scope: Scope = emptyProject();
  const day = "from=2026-11-20&to=2026-11-21";
  const found = async (text: string) => ids((await listCalls(scope, asked(`${day}&${text}`))).calls).sort();

  beforeAll(() =>
    store(scope, [
      { request_id: "plain", cost: 1_000_000_000n, latency_ms: 900, input_tokens: 100, output_tokens: 10 },
      { request_id: "dear", cost: 500_000_000_000n, latency_ms: 100, input_tokens: 5, cache_read_tokens: 995 },
      { request_id: "slow", cost: 0, latency_ms: 30_000, stop_reason: "max_tokens", source: "litellm" },
      { request_id: "unknown", cost: null, stop_reason: "end_turn", user_id: "o'brien" },
      { request_id: "limited", cost: 0, status_code: 429 },
      { request_id: "busy", cost: 0, status_code: 529, attempt: 2 },
      { request_id: "broken", cost: 0, status_code: 500, attempt: 3 },
      { request_id: "%", tenant_id: "../", feature: "=1+1", prompt_hash: "ab".repeat(8), latency_ms: 1 },
    ]),
  );

  it.each([
    ["filter.status=529", ["busy"]],
    ["filter.status=529&filter.status=rate_limited", ["busy", "limited"]],
    ["filter.status=error", ["broken", "busy"]],
    ["not.status=succeeded", ["broken", "busy", "limited"]],
    ["not.status=error&not.status=200", ["limited"]],
    ["filter.attempt=retry", ["broken", "busy"]],
    ["filter.stop_reason=max_tokens", ["slow"]],
    ["filter.source=litellm", ["slow"]],
    ["filter.user=o%27brien", ["unknown"]],
    ["filter.request=%25", ["%"]],
    ["filter.tenant=..%2F&filter.feature=%3D1%2B1", ["%"]],
    ["filter.tenant=%25", []],
    ["min_cost_usd=0.5", ["dear"]],
    ["min_cost_usd=0.500000000001", []],
    ["min_cost_usd=0.001&max_cost_usd=0.4", ["plain"]],
    ["min_latency_ms=900", ["plain", "slow"]],
    ["max_latency_ms=1&min_latency_ms=1", ["%"]],
    ["min_input_tokens=1000", ["dear"]],
    ["min_output_tokens=10&max_output_tokens=10", ["plain"]],
  ])("%s", async (text, expected) => {
    expect(await found(text)).toEqual([...expected].sort());
    const [sums] = await summarizeCalls(scope, asked(`${day}&${text}`), "day");
    expect(Number(sums?.calls ?? 0)).toBe(expected.length);
  });

  it("gives the largest first, those without the figure last, and no further page", async () => {
    const { calls, nextCursor } = await listCalls(scope, asked(`${day}&sort=-cost_usd&limit=2`));
    expect([ids(calls), nextCursor]).toEqual([["dear", "plain"], null]);
    const all = await listCalls(scope, asked(`${day}&sort=-cost_usd`));
    expect(ids(all.calls).at(-1)).toBe("unknown");
    expect(ids((await listCalls(scope, asked(`${day}&sort=-input_tokens&limit=1`))).calls)).toEqual(["dear"]);
  });

  it("names each parameter that cannot be used", () => {
    expect(errorsOf("min_cost_usd=cheap&max_latency_ms=-1&min_input_tokens=1e3&min_cost_usd=2")).toEqual([
      "min_cost_usd",
      "max_latency_ms",
      "min_input_tokens",
    ]);
    expect(errorsOf("filter.status=600")).toEqual(["filter.status"]);
    expect(errorsOf(`filter.tenant=${"🚀".repeat(64)}`)).toEqual([]);
    expect(errorsOf("sort=cost_usd")).toEqual(["sort"]);
    expect(errorsOf("sort=-cost_usd&format=csv")).toEqual(["sort"]);
    expect(errorsOf("sort=-cost_usd&format=csv&limit=10")).toEqual([]);
  });

  it("is empty before the first call", async () => {
    expect(await listCalls(scope, asked("from=2001-01-01&to=2001-02-01"))).toEqual({ calls: [], nextCursor: null });
  });
});

describe("neighbours", () => {
  const scope = emptyProject();
  const inSession = (request_id: string, second: number, more: Sketch = {}): Sketch => ({
    request_id,
    occurred_at: `2026-11-20T10:00:0${second}.000Z`,
    session_id: "s",
    cost: 7,
    ...more,
  });

  it("are the calls of the same session, tenant and environment, in order, with the cost of all their lines", async () => {
    await store(scope, [
      inSession("a", 1),
      inSession("b2", 2, { attempt: 2 }),
      inSession("c", 3, { cost: null }),
      inSession("other tenant", 2, { tenant_id: "Contoso" }),
      inSession("other environment", 2, { environment: "staging" }),
      inSession("other session", 2, { session_id: "t" }),
    ]);
    await storeLines(scope, [[inSession("b", 2), inSession("b", 2, { line: 1, cost: 5 })]]);
    const { calls } = await listCalls(scope, asked("period=7d&filter.request=b"));
    const call = calls.find(({ line }) => line === 0);
    if (!call) throw new Error("no call");
    const around = await listNeighbours(scope, call, "session");
    expect(around?.calls.map(({ requestId, costUsdPicos }) => [requestId, costUsdPicos])).toEqual([
      ["a", 7n],
      ["b", 12n],
      ["b2", 7n],
      ["c", null],
    ]);
    expect([around?.at, around?.isWhole]).toEqual([1, true]);
    expect(await listNeighbours(scope, call, "task")).toBeNull();
    expect(await listNeighbours({ ...scope, tenants: ["Contoso"] } as Scope, call, "session")).toBeNull();
  });
});
