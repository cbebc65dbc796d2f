import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseUsd } from "@/lib/money";
import vectors from "@/tests/fixtures/pricing-vectors.json";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { buildCall } from "@/tests/support/calls";

/** Names of the vectors → names of the API; each stands before `_tokens` and `_cost_usd`. */
const KINDS = {
  input_fresh: "input",
  cache_write_5m: "cache_create_5m",
  cache_write_1h: "cache_create_1h",
  cache_read: "cache_read",
  output: "output",
} as const;
const COSTS = [...Object.values(KINDS), "web_search"].map((kind) => `${kind}_cost_usd`);

type Vector = (typeof vectors)[number] & {
  flags: { location?: string; batch?: boolean };
  stop_reason?: string;
  expected: { reason?: string; tier?: string | null; multipliers?: string[]; notes?: string[] };
};

/** The call as a client would send it: a cloud given as provider says where the model ran. */
function toCall(vector: Vector, requestId: string) {
  const isCloud = vector.provider === "bedrock" || vector.provider === "vertex";
  return buildCall({
    request_id: requestId,
    occurred_at: vector.at,
    model: vector.model,
    usage: vector.usage,
    [isCloud ? "platform" : "provider"]: vector.provider,
    service_tier: vector.flags.batch ? "batch" : undefined,
    location: vector.flags.location,
    stop_reason: vector.stop_reason,
  });
}

describe("the published pricing vectors, through the HTTP endpoint", () => {
  let api: CallsApi;
  const rowsOf = new Map<string, Record<string, unknown>[]>();
  const list = vectors as Vector[];

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T12:00:00Z") });
    api = await createCallsApi();
    const { status, body } = await api.post({ calls: list.map((vector, index) => toCall(vector, `vector_${index}`)) });
    expect({ status, ...body }).toEqual({
      status: 200,
      accepted: list.length,
      duplicates: 0,
      unpriced: list.filter(({ expected }) => !expected.priced).length,
      rejected: [],
      conflicts: [],
    });
    for (const call of (await api.list()).body.calls) {
      const id = String(call.request_id);
      rowsOf.set(id, [call, ...(rowsOf.get(id) ?? [])]);
    }
  });

  afterAll(() => {
    vi.useRealTimers();
  });

  test.each(list.map((vector, index) => ({ name: vector.name, vector, index })))("$name", ({ vector, index }) => {
    const { expected } = vector;
    const rows = rowsOf.get(`vector_${index}`) ?? [];
    const sum = (field: string) => rows.reduce((total, row) => total + Number(row[field]), 0);
    const picos = (field: string) => rows.reduce((total, row) => total + parseUsd(String(row[field])), 0n);

    expect(rows.map((row) => row.line).sort()).toEqual(rows.map((_, line) => line));
    for (const [theirs, ours] of Object.entries(KINDS)) {
      expect([ours, sum(`${ours}_tokens`)]).toEqual([ours, expected[theirs as keyof typeof KINDS]]);
    }
    if (!expected.priced || expected.cost_usd_picos === null) {
      expect(rows.map((row) => [row.pricing_status, row.pricing_reason, row.cost_usd])).toEqual([
        ["unpriced", expected.reason, null],
      ]);
      return;
    }
    expect(picos("cost_usd")).toBe(BigInt(expected.cost_usd_picos));
    expect(COSTS.reduce((total, field) => total + picos(field), 0n)).toBe(BigInt(expected.cost_usd_picos));
    for (const [theirs, ours] of Object.entries(KINDS)) {
      const lines = (expected.lines ?? []).filter((line) => line.kind === theirs);
      const cost = lines.reduce((total, line) => total + BigInt(line.cost_usd_picos), 0n);
      expect([ours, picos(`${ours}_cost_usd`)]).toEqual([ours, cost]);
    }
    const notes = rows.flatMap((row) => row.pricing_notes).filter((note) => note !== "price_change_day");
    expect(notes).toEqual(expected.notes);
    const billed = rows.filter((row) => row.pricing_status !== "not_billable");
    expect(new Set(billed.map((row) => row.price_tier))).toEqual(new Set(expected.tier ? [expected.tier] : []));
    expect(new Set(billed.flatMap((row) => row.price_multipliers))).toEqual(new Set(expected.multipliers ?? []));
  });
});
