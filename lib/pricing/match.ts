import type { PriceBook, PricedModel, PriceRow } from "@/lib/pricing/book";
import type { Spelling } from "@/lib/pricing/spelling";

/** Why a call has no price, as far as model, platform and day decide it. */
export type NoMatchReason = "unknown_model" | "platform_not_priced" | "no_price_on_date" | "fast_not_priced";

export type PriceMatch =
  | Readonly<{
      ok: true;
      model: PricedModel;
      row: PriceRow;
      /** Whether a cloud's regional premium applies. */
      isRegional: boolean;
      notes: readonly string[];
    }>
  | Readonly<{ ok: false; reason: NoMatchReason }>;

export type MatchQuery = Readonly<{
  platform: string;
  occurredAt: Date;
  /** Cloud region of the endpoint, `global` for a global one; null when not known. */
  location: string | null;
  isFast: boolean;
}>;

/** Where a provider's own prices hold. Other platforms set their own, which the book does not know. */
const PRICED_PLATFORMS: Readonly<Record<string, ReadonlySet<string>>> = {
  anthropic: new Set(["anthropic", "claude_platform_on_aws", "foundry", "bedrock", "vertex"]),
  google: new Set(["google", "vertex"]),
};

const DAY_MS = 86_400_000;
const DAY_STARTS = new Map<string, number>();

/** Whether a provider's list prices hold on a platform: its own API always, clouds where the provider says so. */
export function isPricedOn(provider: string, platform: string): boolean {
  return PRICED_PLATFORMS[provider]?.has(platform) ?? platform === provider;
}

/** Finds the model's entry by its exact id, a listed alias or a documented platform spelling; null for any other. */
export function findSpelling(book: PriceBook, model: string): Spelling | null {
  const plain = model.endsWith("[1m]") ? model.slice(0, -"[1m]".length) : model;
  return book.spellings.get(plain) ?? findByArn(book, plain);
}

/** The price valid for a model (as `findSpelling` found it) when and where the call happened, or why there is none. */
export function matchPrice(spelling: Spelling | null, query: MatchQuery): PriceMatch {
  if (!spelling) return { ok: false, reason: "unknown_model" };
  const { model } = spelling;
  if (!isPricedOn(model.provider, query.platform)) {
    return { ok: false, reason: "platform_not_priced" };
  }
  const at = query.occurredAt.getTime();
  const base = findValid(model.rows, at);
  if (!base) return { ok: false, reason: "no_price_on_date" };
  const row = query.isFast ? findValid(model.fastRows, at) : base;
  if (!row) return { ok: false, reason: "fast_not_priced" };
  const endpoint = endpointOf(model, spelling, query);
  const notes: string[] = [];
  if (isChangeDay(row, at)) notes.push("price_change_day");
  if (endpoint === "unknown") notes.push(`${query.platform}_endpoint_unknown:assumed_regional`);
  return { ok: true, model, row, isRegional: endpoint === "regional" || endpoint === "unknown", notes };
}

/** Of entries with days (from inclusive, to exclusive, 00:00 UTC), the last that holds at a moment (milliseconds). */
export function findValid<T extends Readonly<{ from: string; to: string | null }>>(
  entries: readonly T[],
  at: number,
): T | undefined {
  return entries.findLast((entry) => isValid(entry, at));
}

/** Whether an entry's days hold a moment (milliseconds). */
export function isValid({ from, to }: Readonly<{ from: string; to: string | null }>, at: number): boolean {
  return at >= dayStart(from) && (to === null || at < dayStart(to));
}

/** Providers publish days, never hours: on the day itself either price may have held. */
function isChangeDay(row: PriceRow, at: number): boolean {
  return row.isChange && at < dayStart(row.from) + DAY_MS;
}

function dayStart(day: string): number {
  const known = DAY_STARTS.get(day);
  if (known !== undefined) return known;
  const start = Date.parse(day);
  DAY_STARTS.set(day, start);
  return start;
}

/** `arn:aws:bedrock:us-east-1::foundation-model/<id>` and inference profiles name the id behind the slash. */
function findByArn(book: PriceBook, model: string): Spelling | null {
  const [, kind, id] = /^arn:aws:bedrock:[a-z0-9-]+:\d*:([a-z-]+)\/(.+)$/.exec(model) ?? [];
  const spelling = id === undefined ? undefined : book.spellings.get(id);
  if (spelling?.platform !== "bedrock") return null;
  return kind === "foundation-model" ? { ...spelling, endpoint: spelling.endpoint ?? "regional" } : spelling;
}

/** Clouds charge a premium on every endpoint but the global one; an endpoint that nobody named is taken as regional. */
function endpointOf(model: PricedModel, spelling: Spelling, { platform, location }: MatchQuery) {
  if (!model.hasRegionalPremium || (platform !== "bedrock" && platform !== "vertex")) return null;
  if (spelling.endpoint !== null) return spelling.endpoint;
  if (location === null) return "unknown";
  return location.toLowerCase() === "global" ? "global" : "regional";
}
