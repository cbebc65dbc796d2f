import { PRICE_BOOK } from "@/lib/pricing/book";
import { findSpelling } from "@/lib/pricing/match";

/** Names that clients, OpenTelemetry and routers give a platform → ours. */
const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  "aws.bedrock": "bedrock",
  aws_bedrock: "bedrock",
  "amazon-bedrock": "bedrock",
  amazon_bedrock: "bedrock",
  amazon: "bedrock",
  aws: "bedrock",
  "gcp.vertex_ai": "vertex",
  vertex_ai: "vertex",
  "vertex-ai": "vertex",
  vertexai: "vertex",
  google_vertex: "vertex",
  "google-vertex": "vertex",
  "gcp.gemini": "google",
  gemini: "google",
  microsoft_foundry: "foundry",
  "azure.ai.openai": "azure",
  "azure.ai.inference": "azure",
  azure_openai: "azure",
  "azure-openai": "azure",
  anthropic_api: "anthropic",
  mistral_ai: "mistral",
  mistralai: "mistral",
  x_ai: "xai",
  "x-ai": "xai",
  moonshot: "moonshotai",
  moonshot_ai: "moonshotai",
  "z-ai": "zai",
  z_ai: "zai",
  voyage: "voyageai",
  voyage_ai: "voyageai",
};

/** Names that may stand as provider but say where a model runs, not who made it. */
export const PLATFORMS: ReadonlySet<string> = new Set([
  "bedrock",
  "vertex",
  "foundry",
  "azure",
  "openrouter",
  "claude_platform_on_aws",
]);

/** Whose a model is that the book does not know, by the family names that providers use. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^claude-/, "anthropic"],
  [/^(gpt-|chatgpt-|o\d|codex-|text-embedding-|computer-use-)/, "openai"],
  [/^(models\/)?(gemini-|gemma-|text-bison)/, "google"],
  [/^(ministral-|codestral-|devstral-|magistral-|pixtral-|voxtral-|(open-)?mi[sx]tral-)/, "mistral"],
  [/^(command-|c4ai-)/, "cohere"],
  [/^deepseek-/, "deepseek"],
  [/^grok-/, "xai"],
  [/^(kimi-|moonshot-)/, "moonshotai"],
  [/^minimax-/i, "minimax"],
  [/^glm-/i, "zai"],
  [/^voyage-/, "voyageai"],
  [/^(meta-)?llama/i, "meta"],
];

const BEDROCK_ID = /^(?:(?:us-gov|us|eu|jp|au|in|apac|global)\.)?([a-z0-9]+)\.[a-z]/;

/** Foundation models and inference profiles, in any partition of AWS. */
const BEDROCK_ARN = /^arn:aws[a-z-]*:bedrock:/;

export type ModelHome = Readonly<{ provider: string; platform: string }>;

/**
 * Who made the model (`anthropic`, `openai`, `google`…) and where it ran (`anthropic`, `bedrock`, `vertex`, `foundry`,
 * `openai`…), from the model id and what the caller gave. A cloud given as provider is the platform. Unknown: "unknown".
 */
export function inferPlatform(
  model: string,
  given: { provider?: string | null | undefined; platform?: string | null | undefined } = {},
): ModelHome {
  const spelling = findSpelling(PRICE_BOOK, model);
  const named = nameOf(given.provider);
  const namedProvider = named !== null && !PLATFORMS.has(named) ? named : null;
  const namedMaker = namedProvider !== null && isMaker(namedProvider) ? namedProvider : null;
  const provider = spelling?.model.provider ?? namedMaker ?? providerOfId(model) ?? namedProvider ?? "unknown";
  const platform = nameOf(given.platform) ?? (named !== null && PLATFORMS.has(named) ? named : null);
  return { provider, platform: hostOf(provider, spelling?.platform ?? null, platform, namedProvider, model) };
}

function hostOf(
  provider: string,
  spelled: string | null,
  platform: string | null,
  namedProvider: string | null,
  model: string,
): string {
  // A cloud's own spelling cannot come from anywhere else; a router's may be used for any of its hosts.
  if (spelled === "bedrock" || spelled === "vertex") return spelled;
  if (platform === "azure" && provider === "anthropic") return "foundry";
  if (platform !== null) return platform;
  if (namedProvider === "google" && provider === "anthropic") return "vertex";
  if (namedProvider !== null && namedProvider !== provider && !isMaker(namedProvider)) return namedProvider;
  if (spelled !== null && namedProvider === null) return spelled;
  return BEDROCK_ID.test(model) || BEDROCK_ARN.test(model) ? "bedrock" : provider;
}

function nameOf(text: string | null | undefined): string | null {
  return text ? canonicalPlace(text) : null;
}

/** A provider or platform as calls are stored with it: `AWS_Bedrock` is bedrock. */
export function canonicalPlace(name: string): string {
  const lower = name.toLowerCase();
  return PLATFORM_NAMES[lower] ?? lower;
}

function isMaker(name: string): boolean {
  return FAMILIES.some(([, provider]) => provider === name);
}

function providerOfId(model: string): string | null {
  const [, family] = FAMILIES.find(([pattern]) => pattern.test(model)) ?? [];
  if (family) return family;
  // The name of an AWS resource says where it runs, not who made the model behind it.
  if (BEDROCK_ARN.test(model)) return null;
  const [maker, rest] = model.split("/", 2);
  if (rest !== undefined && maker) return maker;
  return BEDROCK_ID.exec(model)?.[1] ?? null;
}
