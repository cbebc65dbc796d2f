import type { Prices } from "@/lib/pricing/contract";

/** A model to choose from. */
export type ModelChoice = Readonly<{ id: string; name: string; group: string }>;

/** Every model of the book by provider, ours first, newest first; before them what the contract prices or names itself. */
export function listModels({ book, contract }: Prices): ModelChoice[] {
  const own = contract.overrides.flatMap((override) => {
    const isKnown = override.kind !== "alias" && book.spellings.has(override.model ?? "");
    return override.kind === "adjustment" || isKnown ? [] : [override.model];
  });
  return [
    ...[...new Set(own)].map((id) => ({ id, name: "", group: "your contract" })),
    ...book.models.map(({ id, name, provider }) => ({ id, name: name === id ? "" : name, group: provider })),
  ];
}

/** When Opus 4.7 came: it and all Claude models after it count tokens anew. */
const NEW_TOKENIZER = "2026-04-16";

/**
 * Whether models are compared whose tokens are not the same text: Claude Opus 4.7 and later give about 30 % more of them
 * than the models before (Anthropic's model pages).
 */
export function mixesTokenizers({ book }: Prices, models: readonly string[]): boolean {
  const known = models.flatMap((id) => book.spellings.get(id)?.model ?? []);
  const isNew = known.map(({ provider, rows }) => provider === "anthropic" && (rows[0]?.from ?? "") >= NEW_TOKENIZER);
  return isNew.includes(true) && isNew.includes(false);
}
