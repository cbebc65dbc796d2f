import type { PricedModel } from "@/lib/pricing/book";

/** A factor on every token of a call, and when it applies. */
export type Modifier = Readonly<{
  /** In a table: `½ batch`. */
  short: string;
  label: string;
  factor: string;
  /** When it applies. */
  when: string;
}>;

const API_PLATFORMS = ["anthropic", "claude_platform_on_aws", "foundry"];

/** The modifiers that the book knows for a model; on one platform, only those that can apply there. */
export function listModifiers(model: PricedModel, platform: string | null): Modifier[] {
  const isOn = (platforms: readonly string[]) => platform === null || platforms.includes(platform);
  const modifiers: Modifier[] = [];
  if (model.hasBatchPrice) {
    const when = "Requests sent by batch: every token, caches too; not the fee of web searches";
    modifiers.push({ short: "batch ½", label: "Batch", factor: "× 0.5", when });
  }
  if (model.hasUsPremium && isOn(API_PLATFORMS)) {
    const when = "US inference (inference_geo: us), on the Claude API, Claude Platform on AWS and Foundry";
    modifiers.push({ short: "US 1.1", label: "US inference", factor: "× 1.1", when });
  }
  if (model.hasRegionalPremium && isOn(["bedrock", "vertex"])) {
    const when = "Regional endpoints of Bedrock and Vertex: any but the global one";
    modifiers.push({ short: "regional 1.1", label: "Cloud regional", factor: "× 1.1", when });
  }
  return modifiers;
}
