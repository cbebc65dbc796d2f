import { PRICE_BOOK, type PricedModel, type PriceRow } from "@/lib/pricing/book";
import { listSpellings, type Spelling } from "@/lib/pricing/spelling";

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
  | Readonly<{ ok: false /** Canonical where known, else as it came. */; model: string; reason: NoMatchReason }>;

export type MatchQuery = Readonly<{
  platform: string;
  /** As the provider spells it. */
  model: string;
  occurredAt: Date;
  /** Cloud region of the endpoint, `global` for a global one; null when not known. */
  location: string | null;
  isFast: boolean;
}>;

const SPELLINGS = listSpellings(PRICE_BOOK.models);

/** Where a provider's own prices hold. Other platforms set their own, which the book does not know. */
const PRICED_PLATFORMS: Readonly<Record<string, ReadonlySet<string>>> = {
  anthropic: new Set(["anthropic", "claude_platform_on_aws", "foundry", "bedrock", "vertex"]),
  openai: new Set(["openai"]),
  google: new Set(["google", "vertex"]),
};

const DAY_STARTS = new Map(
  PRICE_BOOK.rows
    .flatMap((row) => [row.from, row.to].filter((day) => day !== null))
    .map((day) => [day, Date.parse(day)]),
);
const DAY_MS = 86_400_000;

/** Finds the model's entry by its exact id, a listed alias or a documented platform spelling; null for any other. */
export function findSpelling(model: string): Spelling | null {
  const plain = model.endsWith("[1m]") ? model.slice(0, -"[1m]".length) : model;
  return SPELLINGS.get(plain) ?? findByArn(plain);
}

/** The price valid for a model when and where the call happened, or why there is none. */
export function matchPrice(query: MatchQuery): PriceMatch {
  const spelling = findSpelling(query.model);
  if (!spelling) return { ok: false, model: query.model, reason: "unknown_model" };
  const { model } = spelling;
  if (!PRICED_PLATFORMS[model.provider]?.has(query.platform)) {
    return { ok: false, model: model.id, reason: "platform_not_priced" };
  }
  const at = query.occurredAt.getTime();
  const base = findRow(model.rows, at);
  if (!base) return { ok: false, model: model.id, reason: "no_price_on_date" };
  const row = query.isFast ? findRow(model.fastRows, at) : base;
  if (!row) return { ok: false, model: model.id, reason: "fast_not_priced" };
  const notes = isChangeDay(row, at) ? ["price_change_day"] : [];
  return { ok: true, model, row, ...regionOf(model, spelling, query, notes) };
}

function findRow(rows: readonly PriceRow[], at: number): PriceRow | undefined {
  return rows.findLast((row) => at >= dayStart(row.from) && (row.to === null || at < dayStart(row.to)));
}

/** Providers publish days, never hours: on the day itself either price may have held. */
function isChangeDay(row: PriceRow, at: number): boolean {
  return row.isChange && at < dayStart(row.from) + DAY_MS;
}

function dayStart(day: string): number {
  return DAY_STARTS.get(day) ?? Date.parse(day);
}

/** `arn:aws:bedrock:us-east-1::foundation-model/<id>` and inference profiles name the id behind the slash. */
function findByArn(model: string): Spelling | null {
  const [, kind, id] = /^arn:aws:bedrock:[a-z0-9-]+:\d*:([a-z-]+)\/(.+)$/.exec(model) ?? [];
  const spelling = id === undefined ? undefined : SPELLINGS.get(id);
  if (spelling?.platform !== "bedrock") return null;
  return kind === "foundation-model" ? { ...spelling, endpoint: spelling.endpoint ?? "regional" } : spelling;
}

/** Clouds charge a premium on every endpoint but the global one; an endpoint that nobody named is taken as regional. */
function regionOf(model: PricedModel, spelling: Spelling, query: MatchQuery, notes: readonly string[]) {
  const { platform, location } = query;
  if (!model.hasRegionalPremium || (platform !== "bedrock" && platform !== "vertex"))
    return { isRegional: false, notes };
  const said = location === null ? null : location.toLowerCase() === "global" ? "global" : "regional";
  const endpoint = spelling.endpoint ?? said;
  if (endpoint !== null) return { isRegional: endpoint === "regional", notes };
  return { isRegional: true, notes: [...notes, `${platform}_endpoint_unknown:assumed_regional`] };
}
