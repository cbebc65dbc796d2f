import type { JsonObject, ReadUsage, UsageReader } from "@/lib/ingest/normalize-count";

const CHAT = {
  input: "prompt_tokens",
  inputDetails: "prompt_tokens_details",
  output: "completion_tokens",
  outputDetails: "completion_tokens_details",
} as const;

const RESPONSES = {
  input: "input_tokens",
  inputDetails: "input_tokens_details",
  output: "output_tokens",
  outputDetails: "output_tokens_details",
} as const;

/**
 * Reads a usage object of OpenAI's chat completions or responses API. Cached tokens are a part of the prompt and
 * reasoning a part of the output (but not at xAI); cache writes have one price and count as 5 min. Audio has prices of
 * its own.
 */
export function readOpenai(
  reader: UsageReader,
  usage: JsonObject,
  model: string,
  api: "chat" | "responses",
): ReadUsage {
  const names = api === "chat" ? CHAT : RESPONSES;
  const prompt = reader.requiredCount(usage, names.input, "usage");
  // Embeddings have no completion; a response always has its output.
  const completion =
    api === "chat" ? reader.count(usage, names.output, "usage") : reader.requiredCount(usage, names.output, "usage");
  const inputDetails = reader.object(usage, names.inputDetails, "usage") ?? {};
  const outputDetails = reader.object(usage, names.outputDetails, "usage") ?? {};
  const inputPath = `usage.${names.inputDetails}`;
  const cacheRead = reader.count(inputDetails, "cached_tokens", inputPath);
  const cacheCreate5m = reader.count(inputDetails, "cache_write_tokens", inputPath);
  const reasoning = reader.count(outputDetails, "reasoning_tokens", `usage.${names.outputDetails}`);
  // xAI leaves reasoning out of the completion and bills it: only the total tells.
  const isReasoningApart =
    reasoning > 0 && reader.count(usage, "total_tokens", "usage") === prompt + completion + reasoning;
  const output = isReasoningApart ? completion + reasoning : completion;
  const audio =
    reader.count(inputDetails, "audio_tokens", inputPath) +
    reader.count(outputDetails, "audio_tokens", `usage.${names.outputDetails}`);
  const input = reader.rest(`usage.${names.input}`, prompt, cacheRead, cacheCreate5m);
  return {
    parts: [
      {
        model,
        billable: true,
        tokens: { input, cacheCreate5m, cacheCreate1h: 0, cacheRead, output },
        ...(audio > 0 && { unpricedReason: "audio_not_priced" }),
      },
    ],
    webSearchRequests: null,
    serviceTier: reader.text(usage, "service_tier", "usage"),
    speed: null,
    inferenceGeo: null,
    notes: [],
  };
}
