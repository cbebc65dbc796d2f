import type { Sort } from "@/components/data-table/data-table";
import type { ParamChanges } from "@/components/filters/url-state";
import { hrefWith } from "@/components/filters/url-state";
import type { FieldError } from "@/lib/period";
import type { Prices } from "@/lib/pricing/contract";
import { isPricedOn } from "@/lib/pricing/match";
import { entityPath } from "../../view";

/** What the list of prices can be sorted by: `sort=-output`. */
export const PRICE_SORTS = ["model", "input", "cache_read", "output", "since"] as const;
export type PriceSort = (typeof PRICE_SORTS)[number];

/** What of the book is shown, and for which day: the URL of the page, `?q=&provider=&platform=&on=&show=&sort=&page=`. */
export type PriceQuery = Readonly<{
  /** Part of a model's name or of one of its spellings. */
  q: string;
  provider: string | null;
  /** Where the call is made; null: at the maker's own API. */
  platform: string | null;
  /** UTC day, `2026-11-21`. */
  on: string;
  show: "prices" | "changes";
  sort: (Sort & Readonly<{ key: PriceSort }>) | null;
  /** From 1. */
  page: number;
}>;

export type ParsedPriceQuery =
  | Readonly<{ ok: true; query: PriceQuery }>
  | Readonly<{ ok: false; errors: readonly FieldError[] }>;

const CLOUDS = ["claude_platform_on_aws", "foundry", "bedrock", "vertex"];
const MAX_SEARCH = 128;
const MAX_PAGE = 1000;

/** The providers of a book, Anthropic first, as the book has them. */
export function listProviders({ book }: Prices): string[] {
  return [...new Set(book.models.map(({ provider }) => provider))];
}

/** The platforms that a project's contract names. */
export function agreedPlatforms({ contract }: Prices): string[] {
  const named = contract.overrides.flatMap((one) => (one.kind === "alias" ? [] : (one.platform ?? [])));
  return [...new Set(named)];
}

/** Where the book has list prices, and what else the contract says something about. */
export function listPlatforms(prices: Prices): string[] {
  const providers = listProviders(prices);
  const priced = [...providers, ...CLOUDS].filter((platform) => providers.some((one) => isPricedOn(one, platform)));
  return [...new Set([...priced, ...agreedPlatforms(prices)])];
}

/** Reads the URL of the page, or says which parameters cannot be used and the rule each breaks. */
export function parsePriceQuery(params: URLSearchParams, prices: Prices, now: Date): ParsedPriceQuery {
  const errors: FieldError[] = [];
  const oneOf = (path: string, options: readonly string[]): string | null => {
    const value = params.get(path);
    if (!value || options.includes(value)) return value || null;
    errors.push({ path, message: `must be one of ${options.join(", ")}` });
    return null;
  };
  const today = now.toISOString().slice(0, 10);
  const on = params.get("on") ?? today;
  if (!isDay(on) || on > today) {
    const message = `must be a day, YYYY-MM-DD, and not later than today (${today} UTC): no price is known before it holds`;
    errors.push({ path: "on", message });
  }
  const q = (params.get("q") ?? "").trim();
  if (q.length > MAX_SEARCH) errors.push({ path: "q", message: `must have at most ${MAX_SEARCH} characters` });
  const page = Number(params.get("page") ?? 1);
  if (!Number.isInteger(page) || page < 1 || page > MAX_PAGE) {
    errors.push({ path: "page", message: `must be a whole number from 1 to ${MAX_PAGE}` });
  }
  const provider = oneOf("provider", listProviders(prices));
  const platform = oneOf("platform", listPlatforms(prices));
  const show = oneOf("show", ["prices", "changes"]) === "changes" ? "changes" : "prices";
  const sort = oneOf("sort", [...PRICE_SORTS, ...PRICE_SORTS.map((key) => `-${key}`)]);
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, query: { q, provider, platform, on, show, sort: toSort(sort), page } };
}

function toSort(text: string | null): PriceQuery["sort"] {
  const key = PRICE_SORTS.find((one) => one === text?.replace("-", ""));
  return key ? { key, dir: text?.startsWith("-") ? "desc" : "asc" } : null;
}

function isDay(text: string): boolean {
  // A Date rolls 31 February over into March.
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && (new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false);
}

/** The page of a model, for the same day and platform. */
export function modelHref(base: string, params: URLSearchParams, model: string): string {
  const { path, id } = entityPath(`${base}/settings/prices`, model);
  const kept: ParamChanges = { id, on: params.get("on"), platform: params.get("platform") };
  return hrefWith(path, "", kept);
}
