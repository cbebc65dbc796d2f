import { calcPrice, findProvider, type MatchLogic, type ModelInfo } from "@pydantic/genai-prices";
import { GENAI_PRICES_DATE, type GenaiRow, toRows } from "@/lib/pricing/genai-rows";
import { findDoubt, type GenaiSkip, isDoubtful } from "@/lib/pricing/genai-trust";
import { priceFileSchema } from "@/lib/pricing/price-file";
import google from "@/prisma/prices/google.json";
import openai from "@/prisma/prices/openai.json";

/** The pinned release of @pydantic/genai-prices. Its remote refresh is never switched on: a release has one book. */
export const GENAI_PRICES_VERSION = "0.1.8";

/**
 * Makers that sell their models themselves: our name → the package's. Not here: hosts and routers, where one id means
 * different things; Anthropic, which is ours; Zhipu's Chinese platform, which the package converts from yuan.
 */
const MAKERS: Readonly<Record<string, string>> = {
  openai: "openai",
  google: "google",
  mistral: "mistral",
  deepseek: "deepseek",
  xai: "x-ai",
  cohere: "cohere",
  moonshotai: "moonshotai",
  minimax: "minimax",
  zai: "zai",
  voyageai: "voyageai",
};
const OWN_FILES: Readonly<Record<string, { models: readonly { id: string; aliases?: readonly string[] }[] }>> = {
  openai,
  google,
};

type GenaiModel = {
  id: string;
  name: string;
  aliases: string[];
  context_window: number | null;
  sources: string[];
  prices: GenaiRow[];
};

/** A price file as lib/pricing/price-file reads it: no batch price, no premium and no fee for searches is known. */
export type GenaiPriceFile = { as_of: string; currency: "USD"; models: GenaiModel[] };

/** An id that the package knows and the book does not take, and why. */
export type GenaiSkipped = { provider: string; id: string; reason: GenaiSkip };

/** What of the package is surely right for calls to a maker's own API, and what was left out. */
export function readGenaiPrices(): { files: Record<string, GenaiPriceFile>; skipped: GenaiSkipped[] } {
  const files: Record<string, GenaiPriceFile> = {};
  const skipped: GenaiSkipped[] = [];
  for (const [provider, source] of Object.entries(MAKERS)) {
    const models: GenaiModel[] = [];
    const own = ownIds(provider);
    for (const entry of findProvider({ providerId: source })?.models ?? []) {
      const { ids, doubts } = sortIds(source, entry, own);
      const made = toModels(source, entry, ids);
      if (typeof made === "string") doubts.push(...ids.map((id) => ({ id, reason: made })));
      else models.push(...made);
      skipped.push(...doubts.map((doubt) => ({ provider, ...doubt })));
    }
    files[provider] = { as_of: GENAI_PRICES_DATE, currency: "USD", models };
  }
  return { files, skipped };
}

/** The package's prices by provider, in the shape of our own price files. Models that those have are not in here. */
export const GENAI_PRICE_FILES: Readonly<Record<string, GenaiPriceFile>> = readGenaiPrices().files;

type IdDoubt = { id: string; reason: GenaiSkip };

/** The exact ids of an entry that may be taken, and the others. */
function sortIds(source: string, entry: ModelInfo, own: ReadonlySet<string>): { ids: string[]; doubts: IdDoubt[] } {
  const ids: string[] = [];
  const doubts: IdDoubt[] = [];
  const exact = new Set([entry.id, ...exactIds(entry.match)]);
  for (const id of exact) {
    const reason = own.has(dashed(id)) ? "ours" : doubtOf(source, entry, id);
    if (reason) doubts.push({ id, reason });
    else ids.push(id);
  }
  // In an entry of ours the other ids are models of their own: `gpt-5-codex` is not another name of GPT-5.
  if (!doubts.some(({ reason }) => reason === "ours")) return { ids, doubts };
  const dotted = new Set(ids.filter((id) => id.includes(".")).map(dashed));
  doubts.push(...ids.filter((id) => dotted.has(id)).map((id) => ({ id, reason: "respelled" as const })));
  return { ids: ids.filter((id) => !dotted.has(id)), doubts };
}

function doubtOf(source: string, entry: ModelInfo, id: string): GenaiSkip | null {
  // The package itself must take the id for this very model: an own id may be a mere label, or a pattern come first.
  if (calcPrice({}, id, { providerId: source })?.model !== entry) return "no_exact_id";
  // A list of prices says when a name moved.
  if (id.endsWith("-latest") && !Array.isArray(entry.prices)) return "moving_alias";
  return findDoubt(source, id) ?? (isDoubtful(entry.price_comments) ? "doubted_by_the_package" : null);
}

function toModels(source: string, entry: ModelInfo, ids: readonly string[]): GenaiModel[] | GenaiSkip {
  const [id, ...aliases] = ids;
  if (id === undefined) return [];
  const prices = toRows(source, entry, ids);
  if (typeof prices === "string") return prices;
  const model = (of: string, name: string, others: string[]): GenaiModel => ({
    id: of,
    name,
    aliases: others,
    context_window: entry.context_window ?? null,
    sources: [`@pydantic/genai-prices ${GENAI_PRICES_VERSION} (npm, ${GENAI_PRICES_DATE}), ${source}/${entry.id}`],
    prices,
  });
  const isOurs = ownIds(source).has(dashed(entry.id));
  const models = isOurs ? ids.map((own) => model(own, own, [])) : [model(id, entry.name ?? id, aliases)];
  const file = { as_of: GENAI_PRICES_DATE, currency: "USD", models };
  return priceFileSchema.safeParse(file).success ? models : "not_exact_in_our_unit";
}

/** Every id of an `equals`, also inside `or`; never one that a pattern may widen. */
function exactIds(match: MatchLogic): string[] {
  if ("equals" in match) return [match.equals];
  return "or" in match ? match.or.flatMap(exactIds) : [];
}

/** What a file of our own has, dots as dashes: the package spells both `gpt-5.1` and `gpt-5-1`. */
function ownIds(provider: string): Set<string> {
  const models = OWN_FILES[provider]?.models ?? [];
  return new Set(models.flatMap(({ id, aliases = [] }) => [id, ...aliases]).map(dashed));
}

function dashed(id: string): string {
  return id.replaceAll(".", "-");
}
