import { type NormalizeInput, normalizeUsage } from "@/lib/ingest/normalize";
import type { Usage } from "@/lib/pricing/schema";

export const MODEL = "claude-opus-5";

export function normalize(input: Partial<NormalizeInput>): Usage {
  const result = normalizeUsage({ model: MODEL, provider: "anthropic", ...input });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.usage;
}

export function errorsOf(input: Partial<NormalizeInput>) {
  const result = normalizeUsage({ model: MODEL, provider: "anthropic", ...input });
  return result.ok ? [] : result.errors;
}

/** fresh / 5m / 1h / read / out of each part, with its model and what else is special. */
export function sketch(usage: Usage) {
  return usage.parts.map(({ model, tokens: t, billable, largestPromptTokens, notes = [] }) => ({
    model,
    tokens: [t.input, t.cacheCreate5m, t.cacheCreate1h, t.cacheRead, t.output],
    ...(billable ? {} : { billable }),
    ...(largestPromptTokens === undefined ? {} : { largestPromptTokens }),
    ...(notes.length ? { notes } : {}),
  }));
}

export const iteration = (type: string, input: number, output: number, more: object = {}) => ({
  type,
  input_tokens: input,
  output_tokens: output,
  ...more,
});
