import { createHash } from "node:crypto";
import { isRequestId, leaveOutBroken } from "@/lib/ingest/leave-out";
import { outcomeFields } from "@/lib/litellm/outcome";
import { isObject, payloadAttributes } from "@/lib/litellm/payload-attributes";
import { readPayloadUsage } from "@/lib/litellm/payload-usage";
import { type DraftedCall, type Reading, toCount, toMicros, toTime } from "@/lib/mapping/drafted-call";
import { mapAttributes } from "@/lib/mapping/map-attributes";
import { toProviderName } from "@/lib/mapping/provider-name";
import type { Mapping } from "@/lib/mapping/schema";

type JsonObject = Readonly<Record<string, unknown>>;

const MAX_MS = 2_147_483_647;

/**
 * Reads a StandardLoggingPayload of LiteLLM. An answer from its own cache is no call of the provider; a success that tells neither
 * tokens nor a cost is the first of two events of a stream, or none of a model: both are ignored. Messages are not looked at.
 */
export function readPayload(payload: JsonObject, mapping: Mapping): Reading {
  const isFailure = payload.status === "failure";
  if (/^true$/i.test(String(payload.cache_hit))) return { kind: "ignored", reason: "cache_hit" };
  if (typeof payload.model !== "string" || payload.model === "") return { kind: "ignored", reason: "not_a_model_call" };
  const usage = readPayloadUsage(payload);
  const hasCost = typeof payload.response_cost === "number" && payload.response_cost > 0;
  if (usage === null && !isFailure && !hasCost) return { kind: "ignored", reason: "no_usage" };

  const call: DraftedCall["call"] = { source: "litellm" };
  const origins: DraftedCall["origins"] = {};
  const set = (field: string, value: unknown, origin: string) => {
    if (value === undefined || value === null) return;
    call[field] = value;
    origins[field] = origin;
  };
  const provider = typeof payload.custom_llm_provider === "string" ? payload.custom_llm_provider : "";
  const model = payload.model.startsWith(`${provider}/`) ? payload.model.slice(provider.length + 1) : payload.model;
  set("model", model, "model");
  if (provider !== "") set("provider", toProviderName(provider), "custom_llm_provider");
  set("request_id", toRequestId(payload.id), "id");
  set("occurred_at", toTime(toMs(payload.startTime)), "startTime");
  set("latency_ms", toSpan(payload.startTime, payload.endTime), "endTime");
  if (payload.stream === true) {
    set("ttft_ms", toSpan(payload.startTime, payload.completionStartTime), "completionStartTime");
  }
  if (usage) for (const [field, value] of Object.entries(usage.fields)) set(field, value, usage.origin);
  const outcome = outcomeFields(isFailure, usage !== null, payload);
  for (const [field, value] of Object.entries(outcome)) set(field, value, "status, error_information");
  setDetails(payload, set);
  const mapped = mapAttributes(mapping, [payloadAttributes(payload, mapping)]);
  return {
    kind: "call",
    hasUsage: usage !== null,
    ...leaveOutBroken({ ...call, ...mapped.values }),
    origins: { ...origins, ...mapped.origins },
    contradiction: null,
  };
}

function setDetails(payload: JsonObject, set: (field: string, value: unknown, origin: string) => void): void {
  const metadata = isObject(payload.metadata) ? payload.metadata : {};
  const parameters = isObject(payload.model_parameters) ? payload.model_parameters : {};
  const response = isObject(payload.response) ? payload.response : {};
  const choice = Array.isArray(response.choices) ? response.choices[0] : null;
  const retries = toCount(metadata.attempted_retries);
  if (retries !== null) set("attempt", retries + 1, "metadata.attempted_retries");
  set(
    "stop_reason",
    isObject(choice) ? choice.finish_reason : response.stop_reason,
    "response.choices[0].finish_reason",
  );
  set("max_tokens", parameters.max_tokens, "model_parameters.max_tokens");
  if (typeof payload.response_cost === "number")
    set("cost_usd_micros", toMicros(payload.response_cost), "response_cost");
}

/** LiteLLM writes where a call of the Responses API went into its id, which makes it too long: its digest names it as well. */
function toRequestId(id: unknown): unknown {
  if (typeof id !== "string" || id === "" || isRequestId(id)) return id;
  return `sha256:${createHash("sha256").update(id).digest("hex")}`;
}

/**
 * Seconds since 1970 as a float, as LiteLLM has them, or a time as text → milliseconds. What is beyond them is cut off as in a text, so
 * that its SpendLogs tell the same moment; half a microsecond is added for what the float lacks.
 */
function toMs(time: unknown): number {
  if (typeof time === "number") return Math.floor(time * 1000 + 0.0005);
  return typeof time === "string" ? Date.parse(time) : Number.NaN;
}

function toSpan(from: unknown, to: unknown): number | undefined {
  const ms = toMs(to) - toMs(from);
  return ms >= 0 && ms <= MAX_MS ? ms : undefined;
}
