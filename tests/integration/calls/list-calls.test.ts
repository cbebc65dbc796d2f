import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { proveScope } from "@/lib/auth/prove-scope";
import { encodeCallId } from "@/lib/calls/call-id";
import { parseCallsQuery } from "@/lib/calls/query";
import { findCall, listCalls } from "@/lib/calls/read";
import { ingestCalls } from "@/lib/ingest/ingest-calls";
import { parseUsd } from "@/lib/money";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { anthropicUsage, buildCall } from "@/tests/support/calls";
import { createProject } from "@/tests/support/project";

const NOW = new Date("2026-11-21T12:00:00Z");
const DAY = "from=2026-11-20&to=2026-11-21";

describe("GET /api/v1/calls", () => {
  let api: CallsApi;

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
    api = await createCallsApi();
    const at = (i: number) => new Date(Date.UTC(2026, 10, 20, 0, 0, Math.floor(i / 3))).toISOString();
    const calls = Array.from({ length: 25 }, (_, i) =>
      buildCall({ request_id: `call_${i}`, occurred_at: at(i), tenant_id: ["Contoso", "contoso", "Ü"][i % 3] }),
    );
    await api.post([
      ...calls,
      buildCall({
        request_id: "failed",
        status_code: 529,
        attempt: 2,
        session_id: "s_1",
        prompt_hash: "0123456789abcdef",
      }),
      buildCall({ request_id: "limited", status_code: 429, usage: undefined, session_id: "s_2" }),
      buildCall({ request_id: "unknown", model: "claude-haiku-6", feature: '=1+1, "x"\n', cost_usd_micros: 0.5 }),
      buildCall({ request_id: "yesterday", occurred_at: "2026-11-19T23:59:59.999Z" }),
      buildCall({ request_id: "today", occurred_at: "2026-11-21T00:00:00Z" }),
    ]);
    await ingestCalls(api.scope, [buildCall({ request_id: "staged" })], {
      environment: "staging",
      now: NOW,
      retentionMonths: 25,
    });
  });

  const idsOf = async (query: string) => {
    const { status, body } = await api.list(query);
    expect(status).toBe(200);
    return body.calls.map((call) => call.request_id);
  };

  it("gives a call with its tokens, its exact cost by kind and where the price comes from", async () => {
    const { body } = await api.list(`${DAY}&filter.request=call_0`);
    expect(body.calls).toEqual([
      {
        id: expect.any(String),
        occurred_at: "2026-11-20T00:00:00.000Z",
        received_at: expect.stringMatching(/^\d{4}-.*Z$/),
        environment: "production",
        request_id: "call_0",
        line: 0,
        tenant_id: "Contoso",
        feature: "support-reply",
        deploy_sha: "9f8e7d6",
        provider: "anthropic",
        platform: "anthropic",
        model: "claude-sonnet-5-5",
        sent_model: null,
        user_id: null,
        session_id: null,
        task_id: null,
        prompt_hash: null,
        prefix_hash: null,
        attempt: 1,
        status_code: 200,
        stop_reason: null,
        latency_ms: 1200,
        ttft_ms: null,
        max_tokens: null,
        service_tier: "standard",
        speed: "standard",
        inference_geo: "global",
        location: null,
        input_tokens: 1000,
        cache_create_5m_tokens: 0,
        cache_create_1h_tokens: 0,
        cache_read_tokens: 0,
        output_tokens: 100,
        web_search_requests: 0,
        cost_usd: "0.003",
        list_cost_usd: "0.003",
        saved_cost_usd: "0",
        input_cost_usd: "0.002",
        cache_create_5m_cost_usd: "0",
        cache_create_1h_cost_usd: "0",
        cache_read_cost_usd: "0",
        output_cost_usd: "0.001",
        web_search_cost_usd: "0",
        pricing_status: "priced",
        pricing_reason: null,
        pricing_notes: [],
        price_id: expect.stringMatching(/^anthropic\/claude-sonnet-5-5@/),
        price_tier: "base",
        price_multipliers: [],
        price_version: 1,
        reprice_run: null,
        former_price_version: null,
        source: null,
        usage_source: "provider",
        usage_convention: null,
        reported_cost_usd: null,
      },
    ]);
  });

  it("pages through everything once, newest first, also where many calls share a moment", async () => {
    const seen: unknown[] = [];
    const times: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body }: Awaited<ReturnType<CallsApi["list"]>> = await api.list(`${DAY}&limit=4&cursor=${cursor}`);
      seen.push(...body.calls.map((call) => call.request_id));
      times.push(...body.calls.map((call) => String(call.occurred_at)));
      cursor = body.next_cursor;
    }
    expect(times).toEqual([...times].sort().reverse());
    expect(seen).toEqual(await idsOf(`${DAY}&limit=1000`));
    expect([seen.length, new Set(seen).size]).toEqual([28, 28]);
  });

  it("filters by dimension, status, pricing and what only a call has", async () => {
    expect(await idsOf(`${DAY}&filter.status=error`)).toEqual(["failed"]);
    expect(await idsOf(`${DAY}&filter.status=rate_limited&filter.status=error`)).toHaveLength(2);
    expect(await idsOf(`${DAY}&filter.attempt=retry`)).toEqual(["failed"]);
    expect(await idsOf(`${DAY}&filter.pricing=unpriced`)).toEqual(["unknown"]);
    expect(await idsOf(`${DAY}&filter.prompt=0123456789abcdef`)).toEqual(["failed"]);
    expect(await idsOf(`${DAY}&not.session=s_1`)).toHaveLength(27);
    expect(await idsOf(`${DAY}&filter.tenant=contoso`)).toHaveLength(8);
    expect(await idsOf(`${DAY}&filter.tenant=contoso&not.tenant=contoso`)).toEqual([]);
    expect(await idsOf(`${DAY}&filter.model=claude-haiku-6&filter.feature=nothing`)).toEqual([]);
  });

  it("refuses what it does not know, by parameter and rule", async () => {
    const errors = async (query: string) => {
      const { status, body } = await api.list(query);
      return [status, (body as unknown as { errors: { path: string }[] }).errors.map(({ path }) => path)];
    };
    expect(await errors(`${DAY}&filter.colour=red&limit=1001&cursor=x&format=xml`)).toEqual([
      400,
      ["filter.colour", "limit", "cursor", "format"],
    ]);
    expect(await errors("from=2026-11-31&to=2026-12-01&filter.status=bad")).toEqual([400, ["from", "filter.status"]]);
  });

  it("gives the same calls as CSV, exact, harmless in a spreadsheet and empty where a price is unknown", async () => {
    const { body } = await api.list(`${DAY}&limit=1000`);
    const rows = parse(await api.csv(DAY), { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
    expect(rows.map((row) => row.id)).toEqual(body.calls.map((call) => call.id));
    expect(rows.map((row) => row.cost_usd)).toEqual(body.calls.map((call) => call.cost_usd ?? ""));
    expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(body.calls[0] ?? {}));
    const unknown = rows.find((row) => row.request_id === "unknown");
    expect(unknown).toMatchObject({
      feature: `'=1+1, "x"\n`,
      cost_usd: "",
      pricing_status: "unpriced",
      pricing_reason: "unknown_model",
      reported_cost_usd: "0.0000005",
    });
  });

  it("streams an export of many batches without losing or repeating a row", async () => {
    const large = await createCallsApi();
    const calls = Array.from({ length: 4_500 }, (_, i) =>
      buildCall({ occurred_at: "2026-11-20T10:00:00Z", usage: anthropicUsage({ input: i }) }),
    );
    await large.post(calls);
    const rows = parse(await large.csv(DAY), { columns: true }) as Record<string, string>[];
    expect(new Set(rows.map((row) => row.request_id)).size).toBe(4_500);
    // Sonnet 5.5: 2 dollars per million tokens of fresh input.
    const total = rows.reduce((sum, row) => sum + parseUsd(String(row.cost_usd)), 0n);
    expect(total).toBe(BigInt((4_500 * 4_499) / 2) * 2_000_000n);
  });

  it("shows nobody more than the scope proves", async () => {
    const parsed = parseCallsQuery(new URLSearchParams(`${DAY}&limit=1000`), NOW);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const seenBy = async (scope: Parameters<typeof proveScope>[0]) =>
      (await listCalls(proveScope(scope), parsed.query)).calls.length;
    const { id: foreign } = await createProject();
    const mine = { projectId: api.id, role: "viewer", tenants: "all", environment: "all" } as const;
    expect(await seenBy(mine)).toBe(29);
    expect(await seenBy({ ...mine, environment: "production" })).toBe(28);
    expect(await seenBy({ ...mine, tenants: ["contoso"] })).toBe(8);
    expect(await seenBy({ ...mine, tenants: [] })).toBe(0);
    expect(await seenBy({ ...mine, role: "ingest" })).toBe(0);
    expect(await seenBy({ ...mine, projectId: foreign })).toBe(0);

    const [call] = (await listCalls(api.scope, parsed.query)).calls;
    if (!call) throw new Error("no call");
    const id = encodeCallId(call);
    expect(await findCall(api.scope, id)).toEqual([call]);
    expect(await findCall(proveScope({ ...mine, tenants: ["contoso"] }), id)).toEqual([]);
    expect(await findCall(proveScope({ ...mine, projectId: foreign }), id)).toEqual([]);
    expect(await findCall(api.scope, "nonsense")).toEqual([]);
  });
});
