/** A call as a client sends it: the JSON of POST /api/v1/calls. Fields that a test makes wrong on purpose go in as `unknown`. */
export type CallBody = {
  occurred_at: string;
  request_id: string;
  tenant_id: string;
  feature: string;
  deploy_sha: string;
  model: string;
  usage?: Record<string, unknown>;
  status_code: number;
  latency_ms: number;
} & Record<string, unknown>;

/** Fresh input, written to the cache (5 min, 1 h), read from it, and output. */
export type TokenSketch = { input?: number; write5m?: number; write1h?: number; read?: number; output?: number };

/** The usage object of an Anthropic Messages response, as it comes off the wire. */
export function anthropicUsage(tokens: TokenSketch, serviceTier = "standard"): Record<string, unknown> {
  const { input = 0, write5m = 0, write1h = 0, read = 0, output = 0 } = tokens;
  return {
    input_tokens: input,
    cache_creation_input_tokens: write5m + write1h,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
    output_tokens: output,
    service_tier: serviceTier,
    inference_geo: "global",
  };
}

/** The usage object of an OpenAI chat completion: cached tokens are a part of `prompt_tokens`. */
export function openaiUsage({ input = 0, read = 0, output = 0 }: TokenSketch): Record<string, unknown> {
  return {
    prompt_tokens: input + read,
    prompt_tokens_details: { cached_tokens: read, audio_tokens: 0 },
    completion_tokens: output,
    completion_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + read + output,
  };
}

/** The usageMetadata of a Gemini response: cached tokens are a part of the prompt, thoughts are not among the candidates. */
export function geminiUsage({ input = 0, read = 0, output = 0 }: TokenSketch): Record<string, unknown> {
  const thoughts = Math.floor(output / 4);
  return {
    promptTokenCount: input + read,
    cachedContentTokenCount: read,
    candidatesTokenCount: output - thoughts,
    thoughtsTokenCount: thoughts,
    totalTokenCount: input + read + output,
  };
}

let serial = 0;

/**
 * One call with sensible defaults: claude-sonnet-5-5, 1,000 fresh and 100 output tokens on 2026-11-20, which cost
 * 3,000,000,000 picodollars. Each gets the next request id (`req_00000001`…); a value of `undefined` leaves a field out.
 */
export function buildCall(overrides: Partial<CallBody> = {}): CallBody {
  serial += 1;
  return {
    occurred_at: "2026-11-20T12:00:00.000Z",
    request_id: `req_${String(serial).padStart(8, "0")}`,
    tenant_id: "Northwind",
    feature: "support-reply",
    deploy_sha: "9f8e7d6",
    model: "claude-sonnet-5-5",
    usage: anthropicUsage({ input: 1000, output: 100 }),
    status_code: 200,
    latency_ms: 1200,
    ...overrides,
  };
}
