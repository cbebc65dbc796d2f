import { isObject } from "@/lib/litellm/payload-attributes";

type JsonObject = Readonly<Record<string, unknown>>;

/** The fields of a call that say what it used; null when the payload tells nothing. */
export type PayloadUsage = Readonly<{ fields: Record<string, unknown>; origin: string }> | null;

/**
 * What a payload tells of its usage. The provider's own object is taken as it is; LiteLLM's form of it counts cached tokens inside
 * `prompt_tokens`, of which they are taken out here. Without either, the bare totals are all that is known.
 */
export function readPayloadUsage(payload: JsonObject): PayloadUsage {
  const metadata = isObject(payload.metadata) ? payload.metadata : {};
  const response = isObject(payload.response) ? payload.response : {};
  for (const [origin, usage] of [
    ["metadata.usage_object", metadata.usage_object],
    ["response.usage", response.usage],
  ] as const) {
    if (isObject(usage) && hasTokens(usage)) return { fields: readObject(usage), origin };
  }
  if (!hasTokens(payload)) return null;
  const fields = {
    input_tokens: payload.prompt_tokens,
    output_tokens: payload.completion_tokens,
    usage_source: "telemetry",
    usage_convention: "inclusive",
  };
  return { fields, origin: "prompt_tokens, completion_tokens" };
}

function readObject(usage: JsonObject): Record<string, unknown> {
  if (!("prompt_tokens" in usage)) return { usage };
  const details = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const outputDetails = isObject(usage.completion_tokens_details) ? usage.completion_tokens_details : {};
  // Audio has prices of its own: the reader of the provider's object says so.
  if (Number(details.audio_tokens) > 0 || Number(outputDetails.audio_tokens) > 0) return { usage };
  const read = firstTold(usage.cache_read_input_tokens, details.cached_tokens);
  const written = firstTold(
    usage.cache_creation_input_tokens,
    details.cache_creation_tokens,
    details.cache_write_tokens,
  );
  const counts = [usage.prompt_tokens, read, written];
  const isSound = counts.every((count) => Number.isInteger(count) && Number(count) >= 0);
  const fresh = Number(usage.prompt_tokens) - Number(read) - Number(written);
  const isInclusive = !isSound || fresh >= 0;
  return {
    input_tokens: isSound && isInclusive ? fresh : usage.prompt_tokens,
    cache_read_tokens: read,
    ...readWrites(usage, details, written),
    output_tokens: usage.completion_tokens,
    usage_convention: isInclusive ? "inclusive" : "inferred",
    ...(isObject(usage.server_tool_use) && { web_search_requests: usage.server_tool_use.web_search_requests }),
    ...{ service_tier: usage.service_tier, speed: usage.speed, inference_geo: usage.inference_geo },
  };
}

function readWrites(usage: JsonObject, details: JsonObject, written: unknown): Record<string, unknown> {
  const split = [usage.cache_creation, details.cache_creation_token_details].find(isObject);
  if (!split) return { cache_create_tokens: written };
  const [of5m, of1h] = [split.ephemeral_5m_input_tokens ?? 0, split.ephemeral_1h_input_tokens ?? 0];
  const isWhole = Number(of5m) + Number(of1h) === written;
  return isWhole ? { cache_create_5m_tokens: of5m, cache_create_1h_tokens: of1h } : { cache_create_tokens: written };
}

/** Of several names of one count the first that is told and not zero: LiteLLM fills those that a provider does not use with 0. */
function firstTold(...counts: readonly unknown[]): unknown {
  return counts.find((count) => count !== undefined && count !== null && count !== 0) ?? 0;
}

function hasTokens(holder: JsonObject): boolean {
  return ["prompt_tokens", "completion_tokens", "input_tokens", "output_tokens"].some((name) => {
    const count = holder[name];
    return count !== undefined && count !== null && count !== 0;
  });
}
