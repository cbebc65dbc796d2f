import type { JsonObject, ReadUsage, UsageReader } from "@/lib/ingest/normalize-count";

const MODALITY_LISTS = [
  "promptTokensDetails",
  "cacheTokensDetails",
  "candidatesTokensDetails",
  "toolUsePromptTokensDetails",
];
/** These are priced like text on the way in; audio never is, images and video not on the way out. */
const PRICED_AS_TEXT = new Set(["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "MODALITY_UNSPECIFIED"]);

/**
 * Reads Gemini's usageMetadata: cached tokens are a part of the prompt, but thoughts are not among the candidates and
 * tool prompts not in the prompt.
 */
export function readGemini(reader: UsageReader, usage: JsonObject, model: string): ReadUsage {
  const prompt = reader.requiredCount(usage, "promptTokenCount", "usage");
  const cacheRead = reader.count(usage, "cachedContentTokenCount", "usage");
  const toolPrompt = reader.count(usage, "toolUsePromptTokenCount", "usage");
  const output =
    reader.count(usage, "candidatesTokenCount", "usage") + reader.count(usage, "thoughtsTokenCount", "usage");
  const input = reader.rest("usage.promptTokenCount", prompt, cacheRead) + toolPrompt;
  const unpricedReason = findUnpricedModality(reader, usage);
  return {
    parts: [
      {
        model,
        billable: true,
        tokens: { input, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead, output },
        ...(unpricedReason && { unpricedReason }),
      },
    ],
    webSearchRequests: null,
    serviceTier: null,
    speed: null,
    inferenceGeo: null,
    notes: [],
  };
}

function findUnpricedModality(reader: UsageReader, usage: JsonObject): string | null {
  for (const list of MODALITY_LISTS) {
    for (const [index, detail] of reader.objects(usage, list, "usage").entries()) {
      const path = `usage.${list}[${index}]`;
      const modality = reader.text(detail, "modality", path) ?? "MODALITY_UNSPECIFIED";
      const isText = list === "candidatesTokensDetails" ? modality === "TEXT" : PRICED_AS_TEXT.has(modality);
      if (reader.count(detail, "tokenCount", path) > 0 && !isText) return `${modality.toLowerCase()}_not_priced`;
    }
  }
  return null;
}
