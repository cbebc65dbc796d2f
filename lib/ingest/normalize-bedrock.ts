import type { JsonObject, ReadUsage, UsageReader } from "@/lib/ingest/normalize-count";

/**
 * Reads the usage of Bedrock's Converse API: kinds are disjoint, and `cacheDetails` says which of the writes live 1 h.
 */
export function readBedrock(reader: UsageReader, usage: JsonObject, model: string): ReadUsage {
  const written = reader.count(usage, "cacheWriteInputTokens", "usage");
  const details = reader.objects(usage, "cacheDetails", "usage");
  const of1h = details.reduce((sum, detail, index) => {
    const path = `usage.cacheDetails[${index}]`;
    const ttl = reader.text(detail, "ttl", path);
    const tokens = reader.count(detail, "inputTokens", path);
    return ttl === "1h" ? sum + tokens : sum;
  }, 0);
  if (of1h > written) {
    reader.fail("usage.cacheWriteInputTokens", `must not be less than its 1h writes: ${written} < ${of1h}`);
  }
  return {
    parts: [
      {
        model,
        billable: true,
        tokens: {
          input: reader.requiredCount(usage, "inputTokens", "usage"),
          cacheCreate5m: Math.max(written - of1h, 0),
          cacheCreate1h: of1h,
          cacheRead: reader.count(usage, "cacheReadInputTokens", "usage"),
          output: reader.requiredCount(usage, "outputTokens", "usage"),
        },
        notes: written > 0 && details.length === 0 ? ["no_ttl_split:assumed_5m"] : [],
      },
    ],
    webSearchRequests: null,
    serviceTier: null,
    speed: null,
    inferenceGeo: null,
    notes: [],
  };
}
