import type { Attributes } from "@/lib/mapping/map-attributes";

/** Our own attribute: the provider's usage object as JSON text, untouched. It makes a price exact. */
export const RAW_USAGE = "spendtrace.usage";
/** JSON text in which the AI SDK keeps what the provider told beyond its own terms. */
export const PROVIDER_METADATA = "ai.response.providerMetadata";

/**
 * What is read of a span, by every name it is known under; the first that is there counts. GenAI conventions (new and old),
 * OpenLLMetry, OpenInference, the AI SDK, Sentry, pydantic-ai.
 */
export const ALIASES = {
  provider: ["gen_ai.provider.name", "gen_ai.system", "llm.provider", "ai.model.provider", "llm.system"],
  model: [
    "gen_ai.response.model",
    "ai.response.model",
    "llm.response.model",
    "llm.model_name",
    "gen_ai.request.model",
    "ai.model.id",
    "llm.request.model",
  ],
  responseId: ["gen_ai.response.id", "ai.response.id", "llm.response.id"],
  input: [
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.prompt_tokens",
    "llm.usage.prompt_tokens",
    "llm.token_count.prompt",
    "ai.usage.inputTokens",
    "ai.usage.promptTokens",
    "ai.usage.tokens",
  ],
  output: [
    "gen_ai.usage.output_tokens",
    "gen_ai.usage.completion_tokens",
    "llm.usage.completion_tokens",
    "llm.token_count.completion",
    "ai.usage.outputTokens",
    "ai.usage.completionTokens",
  ],
  cacheRead: [
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_read_input_tokens",
    "gen_ai.usage.input_tokens.cached",
    "gen_ai.usage.details.cache_read_tokens",
    "llm.usage.cache_read_input_tokens",
    "llm.token_count.prompt_details.cache_read",
    "ai.usage.inputTokenDetails.cacheReadTokens",
    "ai.usage.cachedInputTokens",
  ],
  cacheWrite: [
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
    "gen_ai.usage.input_tokens.cache_write",
    "gen_ai.usage.details.cache_write_tokens",
    "llm.usage.cache_creation_input_tokens",
    "llm.token_count.prompt_details.cache_write",
    "ai.usage.inputTokenDetails.cacheWriteTokens",
  ],
  reasoning: [
    "gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.output_tokens.reasoning",
    "gen_ai.usage.reasoning_tokens",
    "llm.usage.reasoning_tokens",
    "llm.token_count.completion_details.reasoning",
    "ai.usage.outputTokenDetails.reasoningTokens",
    "ai.usage.reasoningTokens",
  ],
  total: ["gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total", "ai.usage.totalTokens"],
  costUsd: ["gen_ai.usage.cost", "llm.cost.total"],
  finishReasons: ["gen_ai.response.finish_reasons", "ai.response.finishReason", "llm.finish_reason"],
  serviceTier: ["openai.response.service_tier", "gen_ai.openai.response.service_tier"],
  maxTokens: ["gen_ai.request.max_tokens"],
  ttftMs: ["ai.response.msToFirstChunk"],
  ttftSeconds: ["gen_ai.response.time_to_first_chunk"],
  status: ["http.response.status_code", "http.status_code"],
  errorType: ["error.type"],
  resends: ["http.request.resend_count"],
} as const satisfies Record<string, readonly string[]>;

export type AliasName = keyof typeof ALIASES;

/** The value of the first name that is there, and that name; null when none is. */
export function pick(attributes: Attributes, name: AliasName): { key: string; value: unknown } | null {
  for (const key of ALIASES[name]) {
    const value = attributes.get(key);
    if (value !== undefined && value !== null && value !== "") return { key, value };
  }
  return null;
}

type Kind = Readonly<{ attribute: string; isModelCall: (value: string) => boolean }>;

/**
 * Where spans say whether they are one call of a model. Agents, chains and workflows carry the sums of their calls: to count them
 * too would count every token twice. The first that is there decides.
 */
export const KINDS: readonly Kind[] = [
  // ai.generateText sums what its ai.generateText.doGenerate, one for each step, report.
  { attribute: "ai.operationId", isModelCall: (value) => /\.do[A-Z]\w*$/.test(value) },
  { attribute: "openinference.span.kind", isModelCall: (value) => /^(llm|embedding)$/i.test(value) },
  {
    attribute: "gen_ai.operation.name",
    isModelCall: (value) => !/^(invoke_agent|create_agent|execute_tool|invoke_workflow|handoff|retrieval)$/.test(value),
  },
  { attribute: "gen_ai.operation.type", isModelCall: (value) => /^(ai_client|request)$/.test(value) },
  { attribute: "llm.request.type", isModelCall: () => true },
  { attribute: "langfuse.observation.type", isModelCall: (value) => /^(generation|embedding)$/.test(value) },
  { attribute: "traceloop.span.kind", isModelCall: () => false },
];

/** True or false as the span says; null when it does not say. */
export function isModelCall(attributes: Attributes): boolean | null {
  for (const { attribute, isModelCall } of KINDS) {
    const value = attributes.get(attribute);
    if (typeof value === "string" && value !== "") return isModelCall(value);
  }
  return null;
}

/** Every attribute of a span that is read. */
export const READ_ATTRIBUTES: ReadonlySet<string> = new Set([
  RAW_USAGE,
  PROVIDER_METADATA,
  ...Object.values(ALIASES).flat(),
  ...KINDS.map(({ attribute }) => attribute),
]);
