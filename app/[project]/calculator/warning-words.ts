import { formatCount, formatDate } from "@/lib/format";
import type { Estimate } from "@/lib/pricing/estimate";
import type { EstimateWarning } from "@/lib/pricing/estimate-warnings";
import { reasonInWords } from "../calls/call-words";

const sentence = (text: string) => `${text.replace(/^./, (first) => first.toUpperCase())}.`;

/** Why a model has no cost here, as a sentence. */
export function refusalInWords({ reason, isOfBatch }: Extract<Estimate, { ok: false }>): string {
  if (isOfBatch && reason === "service_tier_not_priced") return "No batch price is known for this model.";
  return sentence(reasonInWords(reason));
}

/** What would keep the workload from running so, as a sentence. */
export function warningInWords(warning: EstimateWarning, hasHitShare: boolean): string {
  if (warning.kind === "retired") {
    return `Its maker no longer serves it since ${formatDate(new Date(`${warning.on}T00:00:00Z`))}.`;
  }
  const prompt = formatCount(warning.promptTokens);
  if (warning.kind === "over_window") {
    return `A prompt of ${prompt} tokens is more than its context window of ${formatCount(warning.window)}.`;
  }
  const effect = hasHitShare ? "the cache hit share has no effect" : "what is given as cached would be fresh input";
  return `Caches prompts from ${formatCount(warning.minimum)} tokens on: with ${prompt} ${effect}.`;
}
