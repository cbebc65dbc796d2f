import { isRequestId, leaveOutBroken } from "@/lib/ingest/leave-out";
import { MAX_DEPTH } from "@/lib/ingest/schema";
import { JsonError, parseJson } from "@/lib/json";
import { type DraftedCall, failedAttempt, type Reading, toCount, toMicros, toTime } from "@/lib/mapping/drafted-call";
import { mapAttributes } from "@/lib/mapping/map-attributes";
import { toProviderName } from "@/lib/mapping/provider-name";
import type { Mapping } from "@/lib/mapping/schema";
import { type AliasName, isModelCall, PROVIDER_METADATA, pick, RAW_USAGE } from "@/lib/otlp/attributes";
import { toDisjoint } from "@/lib/otlp/convention";
import { toldStatus } from "@/lib/otlp/error-status";
import type { Span } from "@/lib/otlp/record";

const MAX_LATENCY_MS = 2_147_483_647;

/** Reads one span by itself: the call that it tells of, or why it tells of none. */
export function readSpan(span: Span, mapping: Mapping): Reading {
  const isCall = isModelCall(span.attributes);
  // Claude Code tells its calls in log records; its spans would tell them once more.
  const isTold = span.scope.name.startsWith("com.anthropic.claude_code");
  if (isCall === false || isTold) return { kind: "ignored", reason: "not_a_model_call" };
  const draft = new SpanDraft(span);
  const usage = draft.usage();
  if (usage === "none") {
    if (isCall === null) return { kind: "ignored", reason: "not_a_model_call" };
    if (!draft.isFailed || pick(span.attributes, "model") === null) return { kind: "ignored", reason: "no_usage" };
  } else if (isCall === null && pick(span.attributes, "model") === null) {
    return { kind: "ignored", reason: "not_a_model_call" };
  }
  draft.identity();
  draft.outcome(usage);
  draft.details();
  const { values, origins } = mapAttributes(mapping, [span.attributes, span.resource]);
  return {
    kind: "call",
    hasUsage: usage !== "none",
    ...leaveOutBroken({ ...draft.call, ...values }),
    origins: { ...draft.origins, ...origins },
    contradiction: draft.contradiction,
  };
}

/** A call as it is put together from a span, with the attribute that each field came from. */
class SpanDraft {
  readonly call: DraftedCall["call"] = {};
  readonly origins: DraftedCall["origins"] = {};
  contradiction: string | null = null;
  readonly isFailed: boolean;
  readonly #span: Span;
  readonly #status: number | null;

  constructor(span: Span) {
    this.#span = span;
    this.#status = toldStatus(span);
    this.isFailed = span.isError || (this.#status ?? 200) >= 400;
  }

  #set(field: string, value: unknown, origin: string): void {
    this.call[field] = value;
    this.origins[field] = origin;
  }

  #take(field: string, name: AliasName, convert: (value: unknown) => unknown = (value) => value): void {
    const found = pick(this.#span.attributes, name);
    if (found) this.#set(field, convert(found.value), found.key);
  }

  /** The raw object is exact; counts are not: they tell neither how long a cache holds nor tier nor place. */
  usage(): "raw" | "counts" | "none" {
    const raw = rawUsage(this.#span);
    if (raw) {
      this.#set("usage", raw.usage, raw.key);
      return "raw";
    }
    const found = {
      input: pick(this.#span.attributes, "input"),
      output: pick(this.#span.attributes, "output"),
      cacheRead: pick(this.#span.attributes, "cacheRead"),
      cacheWrite: pick(this.#span.attributes, "cacheWrite"),
    };
    if (!found.input && !found.output) return "none";
    const numbers = {
      input: toCount(found.input?.value),
      output: toCount(found.output?.value),
      cacheRead: toCount(found.cacheRead?.value),
      cacheWrite: toCount(found.cacheWrite?.value),
    };
    // Instrumentations that begin to count at zero say so of a call that was refused.
    if (this.isFailed && Object.values(numbers).every((value) => !(value ?? 0) && !Number.isNaN(value))) return "none";
    this.call.usage_source = "telemetry";
    const isSound = Object.values(numbers).every((value) => value === null || (Number.isInteger(value) && value >= 0));
    const { input, output, convention, contradiction } = isSound
      ? toDisjoint({ ...numbers, reasoning: this.#count("reasoning"), total: this.#count("total") }, this.#span.scope)
      : { ...numbers, convention: null, contradiction: null };
    if (convention) this.call.usage_convention = convention;
    this.contradiction = contradiction;
    if (found.input) this.#set("input_tokens", input, found.input.key);
    if (found.cacheWrite) this.#setWrites(numbers.cacheWrite, found.cacheWrite.key);
    if (found.cacheRead) this.#set("cache_read_tokens", numbers.cacheRead, found.cacheRead.key);
    if (found.output) this.#set("output_tokens", output, found.output.key);
    return "counts";
  }

  /** Counts do not tell how long a write holds; the AI SDK keeps what Bedrock told of it. Details of another sum are of no use. */
  #setWrites(written: number | null, origin: string): void {
    const split = bedrockWrites(this.#span);
    if (split === null || split.of5m + split.of1h !== written) {
      this.#set("cache_create_tokens", written, origin);
      return;
    }
    this.#set("cache_create_5m_tokens", split.of5m, PROVIDER_METADATA);
    this.#set("cache_create_1h_tokens", split.of1h, PROVIDER_METADATA);
  }

  #count(name: AliasName): number | null {
    const count = toCount(pick(this.#span.attributes, name)?.value);
    return count !== null && Number.isInteger(count) && count >= 0 ? count : null;
  }

  identity(): void {
    const { traceId, spanId, startMs, scope } = this.#span;
    this.#set("occurred_at", toTime(startMs), "startTimeUnixNano");
    const responseId = pick(this.#span.attributes, "responseId");
    const hasIds = traceId !== "" && spanId !== "";
    // A gateway's ids may be longer than a request_id is; without ids of the span the rule has to say so.
    if (responseId && (isRequestId(responseId.value) || !hasIds)) {
      this.#set("request_id", responseId.value, responseId.key);
    } else if (hasIds) this.#set("request_id", `${traceId}:${spanId}`, "traceId and spanId");
    this.call.source = `otlp/${`${scope.name} ${scope.version}`.trim() || "unnamed"}`.slice(0, 128);
    this.#take("model", "model");
    this.#take("provider", "provider", (value) => (typeof value === "string" ? toProviderName(value) : value));
  }

  outcome(usage: "raw" | "counts" | "none"): void {
    const origin = "error.type, http.response.status_code or status";
    if (usage === "none")
      for (const [field, value] of Object.entries(failedAttempt(this.#status))) this.#set(field, value, origin);
    // Tokens were used, and then it broke: what is told is the least that it was. No status of an error, which would make it free.
    else if (this.isFailed) this.call.incomplete = true;
    else if (this.#status !== null) this.#set("status_code", this.#status, origin);
    const isEmbedding = /^embeddings?$/i.test(String(this.#span.attributes.get("gen_ai.operation.name") ?? ""));
    const isPartial = this.call.input_tokens === undefined || (this.call.output_tokens === undefined && !isEmbedding);
    if (usage === "counts" && isPartial && !this.#isEmbeddingByKind()) this.call.incomplete = true;
  }

  #isEmbeddingByKind(): boolean {
    const { attributes } = this.#span;
    const kinds = [attributes.get("openinference.span.kind"), attributes.get("ai.operationId")];
    return kinds.some((kind) => typeof kind === "string" && /embed/i.test(kind));
  }

  details(): void {
    const { startMs, endMs } = this.#span;
    const latency = Math.round(endMs - startMs);
    if (latency >= 0 && latency <= MAX_LATENCY_MS) this.#set("latency_ms", latency, "endTimeUnixNano");
    this.#take("ttft_ms", "ttftMs", (value) => Math.round(Number(value)));
    this.#take("ttft_ms", "ttftSeconds", (value) => Math.round(Number(value) * 1000));
    this.#take("stop_reason", "finishReasons", (value) => (Array.isArray(value) ? value[0] : value));
    this.#take("service_tier", "serviceTier");
    this.#take("max_tokens", "maxTokens", toCount);
    this.#take("attempt", "resends", (value) => (toCount(value) ?? 0) + 1);
    this.#take("cost_usd_micros", "costUsd", toMicros);
  }
}

function rawUsage({ attributes }: Span): { usage: unknown; key: string } | null {
  const own = attributes.get(RAW_USAGE);
  if (own !== undefined && own !== null) return { usage: parse(own) ?? own, key: RAW_USAGE };
  const metadata = parse(attributes.get(PROVIDER_METADATA));
  const usage = isObject(metadata) && isObject(metadata.anthropic) ? metadata.anthropic.usage : null;
  const isRaw = isObject(usage) && typeof usage.input_tokens === "number" && typeof usage.output_tokens === "number";
  return isRaw ? { usage, key: PROVIDER_METADATA } : null;
}

/** Cache writes by how long they hold, as Converse tells them in `cacheDetails`; null where it tells none, or another time. */
function bedrockWrites({ attributes }: Span): { of5m: number; of1h: number } | null {
  const metadata = parse(attributes.get(PROVIDER_METADATA));
  const usage = isObject(metadata) && isObject(metadata.bedrock) ? metadata.bedrock.usage : null;
  const details = isObject(usage) ? usage.cacheDetails : null;
  if (!Array.isArray(details)) return null;
  const sums = { "5m": 0, "1h": 0 };
  for (const detail of details) {
    if (!isObject(detail) || (detail.ttl !== "5m" && detail.ttl !== "1h")) return null;
    sums[detail.ttl] += Number(detail.inputTokens);
  }
  return { of5m: sums["5m"], of1h: sums["1h"] };
}

/** Bounded in depth, as what it gives is walked. */
function parse(text: unknown): unknown {
  if (typeof text !== "string") return null;
  try {
    return parseJson(text, MAX_DEPTH).value;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
