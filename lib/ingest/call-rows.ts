import type { CallRow } from "@/lib/calls/columns";
import { toPriceColumns } from "@/lib/calls/price-columns";
import type { CallLines } from "@/lib/calls/write";
import { hashContent } from "@/lib/ingest/content-hash";
import type { CallInput } from "@/lib/ingest/schema";
import type { ModelHome } from "@/lib/pricing/platform";
import type { PricedLine, Usage } from "@/lib/pricing/schema";
import { storeParts } from "@/lib/pricing/stored-parts";

const PICOS_PER_MICRO = 1e6;

/** Where a call belongs: the project that a Scope has proven, and the environment of the key. */
export type Destination = Readonly<{ projectId: number; environment: string }>;

/** The rows of llm_call that one call becomes: one for each model that served it. */
export function toCallLines(
  { projectId, environment }: Destination,
  call: CallInput,
  { provider, platform }: ModelHome,
  usage: Usage,
  lines: readonly [PricedLine, ...PricedLine[]],
  priceVersion: number,
): CallLines {
  const contentHash = hashContent(environment, call);
  const reported = call.cost_usd_micros ?? null;
  const toRow = (line: PricedLine): CallRow => ({
    project_id: projectId,
    environment,
    occurred_at: call.occurred_at.toISOString(),
    request_id: call.request_id,
    line: line.line,
    tenant_id: call.tenant_id,
    user_id: call.user_id ?? null,
    session_id: call.session_id ?? null,
    task_id: call.task_id ?? null,
    feature: call.feature,
    deploy_sha: call.deploy_sha ?? "unknown",
    provider,
    platform,
    model: line.model,
    prompt_hash: call.prompt_hash ?? null,
    prefix_hash: call.prefix_hash ?? null,
    input_tokens: line.tokens.input,
    cache_create_5m_tokens: line.tokens.cacheCreate5m,
    cache_create_1h_tokens: line.tokens.cacheCreate1h,
    cache_read_tokens: line.tokens.cacheRead,
    output_tokens: line.tokens.output,
    web_search_requests: line.webSearchRequests,
    max_tokens: call.max_tokens ?? null,
    service_tier: usage.serviceTier,
    speed: usage.speed,
    inference_geo: usage.inferenceGeo,
    location: call.location ?? null,
    attempt: call.attempt ?? 1,
    stop_reason: call.stop_reason ?? null,
    status_code: call.status_code ?? 200,
    latency_ms: call.latency_ms ?? 0,
    ttft_ms: call.ttft_ms ?? null,
    ...toPriceColumns(line),
    usage_source: usage.source,
    // The client reckons for the call, not for each model: on one row only, so that it can be summed.
    reported_cost_usd_picos:
      line.line === 0 && reported !== null ? String(Math.round(reported * PICOS_PER_MICRO)) : null,
    content_hash: contentHash,
    sent_model: line.sentModel === line.model ? null : line.sentModel,
    usage_parts: storeParts(line.parts),
    price_version: priceVersion,
    source: call.source ?? null,
    usage_convention: call.usage_convention ?? null,
  });
  const [first, ...others] = lines;
  return [toRow(first), ...others.map(toRow)];
}
