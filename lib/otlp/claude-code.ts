import { isRequestId, leaveOutBroken } from "@/lib/ingest/leave-out";
import { type DraftedCall, failedAttempt, type Reading, toCount, toMicros, toTime } from "@/lib/mapping/drafted-call";
import { mapAttributes } from "@/lib/mapping/map-attributes";
import type { Mapping } from "@/lib/mapping/schema";
import { namedStatus } from "@/lib/otlp/error-status";
import type { LogRecord } from "@/lib/otlp/record";
import { canonicalPlace, PLATFORMS } from "@/lib/pricing/platform";

const MAX_LATENCY_MS = 2_147_483_647;

/** What is read of Claude Code's events, as its documentation names it. */
export const CLAUDE_CODE_ATTRIBUTES: ReadonlySet<string> = new Set([
  "event.name",
  "event.timestamp",
  "event.sequence",
  "session.id",
  "model",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_creation_tokens",
  "cache_creation_5m_tokens",
  "cache_creation_1h_tokens",
  "anthropic.provider",
  "error",
  "cost_usd",
  "cost_usd_micros",
  "duration_ms",
  "ttft_ms",
  "request_id",
  "client_request_id",
  "speed",
  "status_code",
  "attempt",
]);

/**
 * Reads an event of Claude Code: `api_request` is a call, `api_error` a failed attempt. `api_retries_exhausted` sums attempts that
 * came by themselves, `api_refusal` speaks of an answer that came as `api_request`: neither is a call more.
 */
export function readClaudeCodeEvent(record: LogRecord, mapping: Mapping): Reading {
  const event = record.eventName.replace(/^claude_code\./, "");
  if (!isOfClaudeCode(record) || (event !== "api_request" && event !== "api_error")) {
    return { kind: "ignored", reason: "not_a_model_call" };
  }
  const call: DraftedCall["call"] = { provider: "anthropic" };
  const origins: DraftedCall["origins"] = {};
  const take = (field: string, key: string, convert: (value: unknown) => unknown = (value) => value) => {
    const value = record.attributes.get(key);
    if (value === undefined || value === null || value === "" || value === "undefined") return;
    call[field] = convert(value);
    origins[field] = key;
  };
  take("model", "model");
  take("platform", "anthropic.provider", toPlatform);
  take("latency_ms", "duration_ms", toMillis);
  take("ttft_ms", "ttft_ms", toMillis);
  take("attempt", "attempt", toCount);
  identify(record, call, origins);
  if (event === "api_request") {
    take("input_tokens", "input_tokens", toCount);
    take("output_tokens", "output_tokens", toCount);
    take("cache_read_tokens", "cache_read_tokens", toCount);
    // Versions that tell how long the writes hold tell both; older ones only the sum.
    const isSplit = record.attributes.has("cache_creation_5m_tokens");
    if (isSplit) take("cache_create_5m_tokens", "cache_creation_5m_tokens", toCount);
    if (isSplit) take("cache_create_1h_tokens", "cache_creation_1h_tokens", toCount);
    else take("cache_create_tokens", "cache_creation_tokens", toCount);
    take("speed", "speed", (speed) => (speed === "normal" ? "standard" : speed));
    take("cost_usd_micros", "cost_usd", toMicros);
    take("cost_usd_micros", "cost_usd_micros", toCount);
    // Claude Code passes on what Anthropic counts: fresh input alone.
    Object.assign(call, { usage_source: "telemetry", usage_convention: "exclusive" });
  } else {
    Object.assign(call, failedAttempt(statusOf(record)));
    origins.status_code = "status_code or error";
  }
  // One source: every event names its user, so that a resource's team would never be asked for.
  const mapped = mapAttributes(mapping, [new Map([...record.resource, ...record.attributes])]);
  return {
    kind: "call",
    hasUsage: event === "api_request",
    ...leaveOutBroken({ ...call, ...mapped.values, source: sourceOf(record) }),
    origins: { ...origins, ...mapped.origins },
    contradiction: null,
  };
}

/** The event's own status, else the number or the name of an error that its message begins with; null for a broken connection. */
function statusOf({ attributes }: LogRecord): number | null {
  const told = toCount(attributes.get("status_code"));
  if (told !== null && Number.isInteger(told) && told >= 400 && told <= 599) return told;
  const message = String(attributes.get("error") ?? "").slice(0, 100);
  const status = /\b[45]\d\d\b/.exec(message)?.[0];
  return status ? Number(status) : namedStatus(/\b\w+_error\b/.exec(message)?.[0] ?? "");
}

function isOfClaudeCode({ eventName, scope, resource }: LogRecord): boolean {
  if (eventName.startsWith("claude_code.")) return true;
  return scope.name.startsWith("com.anthropic.claude_code") || resource.get("service.name") === "claude-code";
}

/** An event is written when the request is over: it began as much earlier as it took. */
function identify({ attributes, timeMs }: LogRecord, call: DraftedCall["call"], origins: DraftedCall["origins"]): void {
  const stamp = attributes.get("event.timestamp");
  const endMs = timeMs > 0 ? timeMs : Date.parse(typeof stamp === "string" ? stamp : "");
  const duration = typeof call.latency_ms === "number" && call.latency_ms > 0 ? call.latency_ms : 0;
  call.occurred_at = toTime(endMs - duration);
  origins.occurred_at = timeMs > 0 ? "timeUnixNano" : "event.timestamp";
  const key = ["request_id", "client_request_id"].find((name) => isRequestId(attributes.get(name)));
  const [session, sequence] = [attributes.get("session.id"), attributes.get("event.sequence")];
  call.request_id = key ? attributes.get(key) : `${session ?? "claude-code"}:${sequence ?? endMs}`;
  origins.request_id = key ?? "session.id and event.sequence";
}

/** `firstParty` is Anthropic's own API; a cloud is named as such. */
function toPlatform(value: unknown): string | undefined {
  const place = canonicalPlace(String(value));
  return PLATFORMS.has(place) ? place : undefined;
}

function toMillis(value: unknown): number | undefined {
  const ms = Math.round(Number(value));
  return ms >= 0 && ms <= MAX_LATENCY_MS ? ms : undefined;
}

function sourceOf({ scope, resource }: LogRecord): string {
  const version = resource.get("service.version");
  return `otlp/${scope.name || "claude-code"} ${typeof version === "string" ? version.slice(0, 64) : scope.version}`
    .trim()
    .slice(0, 128);
}
