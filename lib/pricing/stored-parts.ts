import { TOKEN_KINDS, type TokenCounts, type UsagePart } from "@/lib/pricing/schema";

/** A billed part of a call as it is kept beside the row: tokens in the order of `TOKEN_KINDS`. */
export type StoredPart = Readonly<{
  tokens: readonly number[];
  largest_prompt_tokens?: number;
  unpriced_reason?: string;
}>;

/**
 * What of a line's billed parts the row's columns cannot tell, so that it can be priced again as it came: several parts
 * (each has its own prompt length), the largest prompt of a sum, tokens without a price. Null for one plain part.
 */
export function storeParts(parts: readonly UsagePart[]): readonly StoredPart[] | null {
  const [first] = parts;
  const isPlain = parts.length < 2 && first?.largestPromptTokens === undefined && first?.unpricedReason === undefined;
  if (isPlain) return null;
  return parts.map(({ tokens, largestPromptTokens, unpricedReason }) => ({
    tokens: TOKEN_KINDS.map((kind) => tokens[kind]),
    ...(largestPromptTokens !== undefined && { largest_prompt_tokens: largestPromptTokens }),
    ...(unpricedReason !== undefined && { unpriced_reason: unpricedReason }),
  }));
}

/** The billed parts of a stored row: those kept beside it, else one plain part with the tokens of its columns. */
export function readParts(
  stored: readonly StoredPart[] | null,
  tokens: TokenCounts,
  model: string,
): readonly [UsagePart, ...UsagePart[]] {
  const [first, ...others] = (stored ?? []).map((part): UsagePart => {
    const [input = 0, cacheCreate5m = 0, cacheCreate1h = 0, cacheRead = 0, output = 0] = part.tokens;
    const { largest_prompt_tokens: largestPromptTokens, unpriced_reason: unpricedReason } = part;
    return {
      model,
      tokens: { input, cacheCreate5m, cacheCreate1h, cacheRead, output },
      billable: true,
      ...(largestPromptTokens !== undefined && { largestPromptTokens }),
      ...(unpricedReason !== undefined && { unpricedReason }),
    };
  });
  return first ? [first, ...others] : [{ model, tokens, billable: true }];
}
