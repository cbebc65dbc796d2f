import { encodeCallId } from "@/lib/calls/call-id";
import type { Call } from "@/lib/calls/read";
import type { CsvColumn, CsvRow } from "@/lib/csv";
import { toDecimalUsd } from "@/lib/money";

type Value = string | number | Date | readonly string[] | null;
type Field = Readonly<{ header: string; kind: CsvColumn["kind"]; value: (call: Call) => Value }>;

const text = (header: string, value: Field["value"]): Field => ({ header, kind: "text", value });
const number = (header: string, value: Field["value"]): Field => ({ header, kind: "number", value });
const usd = (header: string, picos: (call: Call) => bigint | null): Field =>
  number(header, (call) => {
    const cost = picos(call);
    return cost === null ? null : toDecimalUsd(cost);
  });
/** By contract against the list price; null where there is no list price to hold it against. */
const saved = ({ costUsdPicos: cost, listCostUsdPicos: listed }: Call) =>
  cost === null || listed === null ? null : listed - cost;
const list = (joined: string) => (joined === "" ? [] : joined.split(","));

/** What JSON and CSV show of a call, in this order; costs are exact decimals of dollars, null (empty) when unpriced. */
const FIELDS: readonly Field[] = [
  text("id", encodeCallId),
  { header: "occurred_at", kind: "time", value: (call) => call.occurredAt },
  { header: "received_at", kind: "time", value: (call) => call.receivedAt },
  text("environment", (call) => call.environment),
  text("request_id", (call) => call.requestId),
  number("line", (call) => call.line),
  text("tenant_id", (call) => call.tenantId),
  text("feature", (call) => call.feature),
  text("deploy_sha", (call) => call.deploySha),
  text("provider", (call) => call.provider),
  text("platform", (call) => call.platform),
  text("model", (call) => call.model),
  text("sent_model", (call) => call.sentModel),
  text("user_id", (call) => call.userId),
  text("session_id", (call) => call.sessionId),
  text("task_id", (call) => call.taskId),
  text("prompt_hash", (call) => call.promptHash),
  text("prefix_hash", (call) => call.prefixHash),
  number("attempt", (call) => call.attempt),
  number("status_code", (call) => call.statusCode),
  text("stop_reason", (call) => call.stopReason),
  number("latency_ms", (call) => call.latencyMs),
  number("ttft_ms", (call) => call.ttftMs),
  number("max_tokens", (call) => call.maxTokens),
  text("service_tier", (call) => call.serviceTier),
  text("speed", (call) => call.speed),
  text("inference_geo", (call) => call.inferenceGeo),
  text("location", (call) => call.location),
  number("input_tokens", (call) => call.inputTokens),
  number("cache_create_5m_tokens", (call) => call.cacheCreate5mTokens),
  number("cache_create_1h_tokens", (call) => call.cacheCreate1hTokens),
  number("cache_read_tokens", (call) => call.cacheReadTokens),
  number("output_tokens", (call) => call.outputTokens),
  number("web_search_requests", (call) => call.webSearchRequests),
  usd("cost_usd", (call) => call.costUsdPicos),
  usd("list_cost_usd", (call) => call.listCostUsdPicos),
  usd("saved_cost_usd", saved),
  usd("input_cost_usd", (call) => call.inputCostUsdPicos),
  usd("cache_create_5m_cost_usd", (call) => call.cacheCreate5mCostUsdPicos),
  usd("cache_create_1h_cost_usd", (call) => call.cacheCreate1hCostUsdPicos),
  usd("cache_read_cost_usd", (call) => call.cacheReadCostUsdPicos),
  usd("output_cost_usd", (call) => call.outputCostUsdPicos),
  usd("web_search_cost_usd", (call) => call.webSearchCostUsdPicos),
  text("pricing_status", (call) => call.pricingStatus),
  text("pricing_reason", (call) => call.pricingReason),
  text("pricing_notes", (call) => list(call.pricingNotes)),
  text("price_id", (call) => call.priceId),
  text("price_tier", (call) => call.priceTier),
  text("price_multipliers", (call) => list(call.priceMultipliers)),
  number("price_version", (call) => call.priceVersion),
  number("reprice_run", (call) => call.repriceRun),
  number("former_price_version", (call) => call.formerPriceVersion),
  text("source", (call) => call.source),
  text("usage_source", (call) => call.usageSource),
  text("usage_convention", (call) => call.usageConvention),
  usd("reported_cost_usd", (call) => call.reportedCostUsdPicos),
];

/** One call as GET /api/v1/calls gives it; notes and multipliers are lists. */
export function toCallJson(call: Call): Record<string, Value> {
  return Object.fromEntries(FIELDS.map(({ header, value }) => [header, value(call)]));
}

export const CALL_CSV_COLUMNS: readonly CsvColumn[] = FIELDS;

/** Batches of calls as batches of CSV rows, drawn as they are asked for; lists are joined by a blank. */
export async function* toCsvRows(batches: AsyncIterable<readonly Call[]>): AsyncGenerator<readonly CsvRow[]> {
  for await (const calls of batches) {
    yield calls.map((call) =>
      FIELDS.map(({ value }) => {
        const cell = value(call);
        return Array.isArray(cell) ? cell.join(" ") : (cell as Exclude<Value, readonly string[]>);
      }),
    );
  }
}
