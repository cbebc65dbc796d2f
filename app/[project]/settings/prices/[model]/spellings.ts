import type { PriceBook, PricedModel } from "@/lib/pricing/book";
import type { Spelling } from "@/lib/pricing/spelling";

/** A Bedrock inference profile in front of an id: `us.`. */
const PROFILE = /^[a-z]+\.(?=[a-z]+\.)/;

/** Spellings that say the same about where a call was made, and what that does to its price. */
export type SpellingGroup = Readonly<{ where: string; effect: string; ids: readonly string[] }>;

const WHERE: readonly Readonly<{
  platform: Spelling["platform"];
  endpoint: Spelling["endpoint"];
  where: string;
  effect: (model: PricedModel) => string;
}>[] = [
  { platform: null, endpoint: null, where: "Any platform", effect: () => "list price where the maker's price holds" },
  { platform: "bedrock", endpoint: "global", where: "Bedrock, global profile", effect: () => "list price" },
  {
    platform: "bedrock",
    endpoint: "regional",
    where: "Bedrock, regional profile",
    effect: ({ hasRegionalPremium }) => (hasRegionalPremium ? "× 1.1" : "list price"),
  },
  {
    platform: "bedrock",
    endpoint: null,
    where: "Bedrock, endpoint not said",
    effect: ({ hasRegionalPremium }) =>
      hasRegionalPremium ? "× 1.1 assumed, marked estimated, unless the call says its location" : "list price",
  },
  {
    platform: "vertex",
    endpoint: null,
    where: "Vertex",
    effect: ({ hasRegionalPremium }) =>
      hasRegionalPremium ? "× 1.1 on any location but global; not said: assumed, marked estimated" : "list price",
  },
  {
    platform: "openrouter",
    endpoint: null,
    where: "OpenRouter",
    effect: () => "unpriced: a router sets its own price, unless your contract says what it adds",
  },
];

/**
 * The spellings of a model by what they say about the platform. Those of Bedrock without its version, with another
 * (`-v1`, `-v1:0`) or behind `bedrock/` mean the same and go unsaid.
 */
export function listSpellingGroups({ spellings }: PriceBook, model: PricedModel): SpellingGroup[] {
  const own = [...spellings].filter(([id, spelling]) => {
    if (spelling.model !== model) return false;
    return spelling.platform !== "bedrock" || model.bedrockIds.includes(id.replace(PROFILE, ""));
  });
  return WHERE.flatMap(({ platform, endpoint, where, effect }) => {
    const ids = own.filter(([, one]) => one.platform === platform && one.endpoint === endpoint).map(([id]) => id);
    return ids.length === 0 ? [] : [{ where, effect: effect(model), ids }];
  });
}
