type JsonObject = Readonly<Record<string, unknown>>;

/** What the answer to a request said of itself. Its content is not kept. */
export type Answer = {
  model?: string;
  /** The provider's own usage object. */
  usage?: JsonObject;
  /** Plain counts, where Bedrock tells nothing else. */
  counts?: { input_tokens: number; output_tokens: number; cache_create_tokens?: number; cache_read_tokens?: number };
  stopReason?: string;
  serviceTier?: string;
  speed?: string;
  /** The usage is the final one: nothing that may still come changes it. */
  isComplete: boolean;
};

const STOP_REASONS = [
  "stop_reason",
  "stopReason",
  "choices.0.finish_reason",
  "candidates.0.finishReason",
  "promptFeedback.blockReason",
  "incomplete_details.reason",
  "status",
];

/** The members of a plain answer that `readAnswer` wants. */
export const ANSWER_FIELDS: ReadonlySet<string> = new Set([
  ...STOP_REASONS,
  "model",
  "modelVersion",
  "usage",
  "usageMetadata",
  "service_tier",
  "serviceTier.type",
  "performanceConfig.latency",
]);

const USAGE_MEMBERS = [
  "input_tokens",
  "output_tokens",
  "prompt_tokens",
  "promptTokenCount",
  "candidatesTokenCount",
  "inputTokens",
  "outputTokens",
];

/** A plain JSON answer of any of the APIs, by the members that were picked out of it. */
export function readAnswer(values: ReadonlyMap<string, unknown>, isWhole: boolean): Answer {
  const at = (...paths: string[]) => paths.map((path) => asText(values.get(path))).find((text) => text !== undefined);
  const usage = asUsage(values.get("usage")) ?? asUsage(values.get("usageMetadata"));
  return {
    model: servingModel(usage) ?? at("model", "modelVersion"),
    usage,
    stopReason: at(...STOP_REASONS),
    serviceTier: at("service_tier", "serviceTier.type"),
    speed: asSpeed(at("performanceConfig.latency")),
    isComplete: isWhole && usage !== undefined,
  };
}

/** A usage object of a shape that the server knows; anything else says nothing. */
export function asUsage(value: unknown): JsonObject | undefined {
  const object = asObject(value);
  return object && USAGE_MEMBERS.some((name) => typeof object[name] === "number") ? object : undefined;
}

/** After a fallback the model that the answer began with is not the one that served it. */
export function servingModel(usage: JsonObject | undefined): string | undefined {
  const iterations = Array.isArray(usage?.iterations) ? usage.iterations : [];
  const fallbacks = iterations.map(asObject).filter((iteration) => iteration?.type === "fallback_message");
  return asText(fallbacks.at(-1)?.model);
}

/** Bedrock's latency-optimised inference has prices of its own. */
export function asSpeed(latency: string | undefined): string | undefined {
  return latency === "optimized" ? latency : undefined;
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
