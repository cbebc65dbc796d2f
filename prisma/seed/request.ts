import { anthropicUsage, buildCall, type CallBody, geminiUsage, openaiUsage } from "@/tests/support/calls";
import type { FeatureProfile } from "./features";
import type { Random } from "./random";
import type { PlannedCall } from "./story";

/** What the sample's apps send with. */
export const SDK = "sdk-js/0.1.0";

/** The request body of one attempt, with the usage object that its provider would have sent; a failed one has none. */
export function toBody(call: PlannedCall, feature: FeatureProfile, status: number, random: Random): CallBody {
  const { tokens } = call;
  const failed = status !== 200;
  const ttft = random.around(feature.ttft, 0.35);
  return buildCall({
    occurred_at: call.occurredAt.toISOString(),
    request_id: `req_${random.hex(12)}`,
    tenant_id: call.tenant,
    feature: call.feature,
    model: call.model,
    usage: failed ? undefined : usageObject(call.model, tokens),
    prefix_hash: call.prefixHash ?? undefined,
    max_tokens: feature.maxTokens,
    stop_reason: failed ? undefined : stopReason(call.model, tokens.output >= feature.maxTokens),
    status_code: status,
    source: SDK,
    latency_ms: failed ? 60 + random.below(400) : ttft + tokens.output * feature.msPerToken,
    ttft_ms: failed ? undefined : ttft,
  });
}

function usageObject(model: string, tokens: PlannedCall["tokens"]): Record<string, unknown> {
  if (model.startsWith("gpt-")) {
    // OpenAI caches by itself and charges no writes: what was not read was fresh.
    return openaiUsage({ ...tokens, input: tokens.input + tokens.write5m });
  }
  return model.startsWith("gemini-") ? geminiUsage(tokens) : anthropicUsage(tokens);
}

/** Each provider has its own words for "done" and "cut short". */
function stopReason(model: string, full: boolean): string {
  if (model.startsWith("gpt-")) return full ? "length" : "stop";
  if (model.startsWith("gemini-")) return full ? "MAX_TOKENS" : "STOP";
  return full ? "max_tokens" : "end_turn";
}
