import type { Call } from "@/lib/calls/read";
import { quoteForShell } from "@/lib/shell";

/** The shell puts the key in, so that it stands in no history. */
const KEY = `-H "authorization: Bearer $SPENDTRACE_KEY"`;

/**
 * A command that asks the API for calls; the key needs the scope read.
 * @param address of the whole question: `https://spend.example/api/v1/calls?filter.tenant=…`.
 */
export function curlToRead(address: string): string {
  return `curl --fail-with-body ${quoteForShell(address)} \\\n  ${KEY}`;
}

/** A command that sends a call; the key needs the scope ingest. */
export function curlToSend(address: string, event: CallEvent): string {
  return `curl --fail-with-body ${quoteForShell(address)} \\
  ${KEY} -H "content-type: application/json" \\
  --data-raw ${quoteForShell(JSON.stringify(event, null, 2))}`;
}

export type CallEvent = Readonly<Record<string, string | number>>;

/** A call as POST /api/v1/calls takes it, from what is stored of it: counts instead of the provider's usage object, and no prompt. */
export function toCallEvent(call: Call): CallEvent {
  const fields = {
    occurred_at: call.occurredAt.toISOString(),
    request_id: call.requestId,
    tenant_id: call.tenantId,
    feature: call.feature,
    deploy_sha: call.deploySha,
    provider: call.provider,
    platform: call.platform,
    model: call.sentModel ?? call.model,
    input_tokens: call.inputTokens,
    cache_create_5m_tokens: call.cacheCreate5mTokens,
    cache_create_1h_tokens: call.cacheCreate1hTokens,
    cache_read_tokens: call.cacheReadTokens,
    output_tokens: call.outputTokens,
    web_search_requests: call.webSearchRequests,
    service_tier: call.serviceTier,
    speed: call.speed,
    inference_geo: call.inferenceGeo,
    location: call.location,
    prompt_hash: call.promptHash,
    prefix_hash: call.prefixHash,
    user_id: call.userId,
    session_id: call.sessionId,
    task_id: call.taskId,
    attempt: call.attempt,
    max_tokens: call.maxTokens,
    stop_reason: call.stopReason,
    status_code: call.statusCode,
    latency_ms: call.latencyMs,
    ttft_ms: call.ttftMs,
    usage_source: call.usageSource,
    source: call.source,
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}
