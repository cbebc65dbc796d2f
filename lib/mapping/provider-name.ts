/** What instrumentations add to the name of a provider: the API that was called there. */
const API = /\.(messages|chat|responses|completion|embedding|image|generative-ai|gen_ai)$/;

/**
 * The provider or platform that an instrumentation means, in the spelling that pricing knows: `anthropic.messages` of the AI SDK is
 * anthropic, `google.vertex.chat` is vertex, `az.ai.openai` is azure. Names it does not know stay as they are.
 */
export function toProviderName(name: string): string {
  const lower = name.toLowerCase();
  if (lower.includes("bedrock")) return "bedrock";
  if (lower.includes("vertex")) return "vertex";
  if (/^(azure|az\.)/.test(lower)) return "azure";
  if (/^(gcp\.gen_ai|gcp\.gemini|google\.generative-ai)/.test(lower)) return "google";
  return lower.replace(API, "");
}
