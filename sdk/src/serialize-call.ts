import type { Call } from "./call.js";
import { plainJson } from "./plain-json.js";

const FIELDS: readonly (keyof Call)[] = [
  "occurred_at",
  "request_id",
  "tenant_id",
  "feature",
  "model",
  "deploy_sha",
  "provider",
  "platform",
  "usage",
  "input_tokens",
  "cache_create_5m_tokens",
  "cache_create_1h_tokens",
  "cache_create_tokens",
  "cache_read_tokens",
  "output_tokens",
  "web_search_requests",
  "prompt_hash",
  "prefix_hash",
  "service_tier",
  "speed",
  "inference_geo",
  "location",
  "user_id",
  "session_id",
  "task_id",
  "attempt",
  "max_tokens",
  "stop_reason",
  "status_code",
  "latency_ms",
  "ttft_ms",
  "cost_usd_micros",
  "incomplete",
  "source",
];

/**
 * The JSON of one call: only the fields of a call, so that nothing else the host may have put beside them leaves the process.
 * Throws on what cannot be sent, with a message that repeats nothing of it.
 */
export function serializeCall(call: Partial<Call>, defaults: Partial<Call>): string {
  if (typeof call !== "object" || call === null) throw new Error("a call must be an object");
  const plain: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value = copyField(call, field) ?? defaults[field];
    if (value !== undefined) plain[field] = value;
  }
  if (typeof plain.model !== "string") throw new Error("model is required");
  return JSON.stringify(plain);
}

function copyField(call: Partial<Call>, field: keyof Call) {
  try {
    return plainJson(call[field]);
  } catch {
    throw new Error(`${field} cannot be read as plain JSON`);
  }
}
