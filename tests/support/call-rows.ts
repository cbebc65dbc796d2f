import type { Scope } from "@/lib/auth/scope";
import type { CallRow } from "@/lib/calls/columns";
import { storeCalls } from "@/lib/calls/write";
import { presetPeriod } from "@/lib/period";
import type { ReportQuery } from "@/lib/reports/schema";

/** A Saturday; the figures of the tests are put before it. */
export const NOW = new Date("2026-11-21T14:32:08.500Z");

let serial = 0;
const nextProject = () => Math.floor(Math.random() * 1_000_000_000) + 1_000;

/** A project of its own for a test, so that tests share a database without meeting. */
export function emptyProject(overrides: Partial<Scope> = {}): Scope {
  return { projectId: nextProject(), role: "viewer", tenants: "all", environment: "all", ...overrides } as Scope;
}

/** What a test says of a call; cost in whole picodollars, all of it fresh input unless told. Null: unpriced. */
export type Sketch = Partial<Omit<CallRow, "project_id">> & { cost?: number | bigint | null };

export function callRow(scope: Scope, { cost = 0, ...given }: Sketch): CallRow {
  serial += 1;
  const total = cost === null ? null : String(cost);
  const zero = cost === null ? null : "0";
  return {
    project_id: scope.projectId,
    environment: "production",
    occurred_at: "2026-11-20T12:00:00.000Z",
    request_id: `req_${serial}`,
    line: 0,
    tenant_id: "Northwind",
    user_id: null,
    session_id: null,
    task_id: null,
    feature: "support-reply",
    deploy_sha: "9f8e7d6",
    provider: "anthropic",
    platform: "anthropic",
    model: "claude-sonnet-5-5",
    prompt_hash: null,
    prefix_hash: null,
    input_tokens: 0,
    cache_create_5m_tokens: 0,
    cache_create_1h_tokens: 0,
    cache_read_tokens: 0,
    output_tokens: 0,
    web_search_requests: 0,
    max_tokens: null,
    service_tier: "standard",
    speed: "standard",
    inference_geo: null,
    location: null,
    attempt: 1,
    stop_reason: null,
    status_code: 200,
    latency_ms: 0,
    ttft_ms: null,
    input_cost_usd_picos: total,
    cache_create_5m_cost_usd_picos: zero,
    cache_create_1h_cost_usd_picos: zero,
    cache_read_cost_usd_picos: zero,
    output_cost_usd_picos: zero,
    web_search_cost_usd_picos: zero,
    cost_usd_picos: total,
    list_cost_usd_picos: total,
    pricing_status: cost === null ? "unpriced" : "priced",
    pricing_reason: cost === null ? "unknown model" : null,
    pricing_notes: "",
    price_id: null,
    price_tier: null,
    price_multipliers: "",
    usage_source: "provider",
    reported_cost_usd_picos: null,
    content_hash: "0",
    sent_model: null,
    usage_parts: null,
    price_version: 0,
    source: null,
    usage_convention: null,
    ...given,
  };
}

/** Stores hand-made calls the way ingest does, rollups included. */
export async function store(scope: Scope, sketches: readonly Sketch[]): Promise<void> {
  const rows = sketches.map((sketch) => callRow(scope, sketch));
  for (let i = 0; i < rows.length; i += 2000) {
    const outcomes = await storeCalls(rows.slice(i, i + 2000).map((row) => [row] as const));
    if (outcomes.some((outcome) => outcome !== "accepted")) throw new Error(`not all stored: ${outcomes.join()}`);
  }
}

/** The last seven days of NOW without comparison, and whatever a test changes. */
export function query(overrides: Partial<ReportQuery> = {}): ReportQuery {
  return {
    period: presetPeriod("7d", NOW),
    compare: null,
    bucket: null,
    groupBy: [],
    measures: [],
    filters: [],
    sort: null,
    limit: 1000,
    ...overrides,
  };
}
