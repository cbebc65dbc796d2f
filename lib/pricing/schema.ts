/** The five kinds of token that have a price of their own, in the order in which they are always shown. */
export const TOKEN_KINDS = ["input", "cacheCreate5m", "cacheCreate1h", "cacheRead", "output"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Disjoint counts, integers ≥ 0: `input` is fresh input only. */
export type TokenCounts = Readonly<Record<TokenKind, number>>;

/** Picodollars by token kind, and the fee of web searches. */
export type CostByKind = Readonly<Record<TokenKind | "webSearch", bigint>>;

export type PricingStatus = "priced" | "estimated" | "unpriced" | "not_billable";

/** What one attempt at a model used, read from a provider's usage object and not yet priced. */
export type UsagePart = Readonly<{
  /** As the provider spells it. */
  model: string;
  tokens: TokenCounts;
  /** False for an attempt that was declined before any output: shown by the provider, not billed. */
  billable: boolean;
  /** Prompt of the largest single sampling, where several were summed into this part. */
  largestPromptTokens?: number;
  /** As in `Usage.notes`, of this part alone. */
  notes?: readonly string[];
  /** Why these tokens have no price whatever the model: `audio_not_priced`, or `USAGE_UNKNOWN`. */
  unpricedReason?: string;
}>;

/** Nobody told what was used: the reason of a part without tokens. */
export const USAGE_UNKNOWN = "usage_unknown";

/**
 * Where the counts are from: the provider's own object; telemetry, which tells neither TTL nor tier nor place, so that those are
 * assumed; or a guess.
 */
export const USAGE_SOURCES = ["provider", "telemetry", "estimated"] as const;
export type UsageSource = (typeof USAGE_SOURCES)[number];

/** A usage object after normalisation: every count is an integer ≥ 0, kinds are disjoint. */
export type Usage = Readonly<{
  /** At least one, the model that answered first; several when `iterations` (compaction, advisor, fallback) were billed apart. */
  parts: readonly UsagePart[];
  webSearchRequests: number;
  /** `standard`, `batch`, `priority`, `flex`…: what the response said, else what the call said. */
  serviceTier: string;
  /** `standard` or `fast`: what the response said, never what was asked. */
  speed: string;
  inferenceGeo: string | null;
  /** What was assumed or noticed: `no_ttl_split:assumed_5m`, `incomplete_stream`… */
  notes: readonly string[];
  source: UsageSource;
}>;

/** What of a call, besides its usage, decides the price. */
export type PricingContext = Readonly<{
  provider: string;
  platform: string;
  occurredAt: Date;
  location: string | null;
  stopReason: string | null;
  statusCode: number;
}>;

/** One priced model of a call: becomes one row of llm_call. `line` 0 is the model that answered. */
export type PricedLine = Readonly<{
  line: number;
  /** Canonical where the book knows it, else as it came. */
  model: string;
  /** As the provider spelled it. */
  sentModel: string;
  /** What was billed, part by part: prompt-length tiers look at each part, not at the sum. */
  parts: readonly UsagePart[];
  /** Billed tokens, all parts together. */
  tokens: TokenCounts;
  webSearchRequests: number;
  status: PricingStatus;
  /** Why it is unpriced or not billable; null otherwise. */
  reason: string | null;
  /** What it costs by the project's contract, which is the list price where there is none. Both null exactly when unpriced. */
  cost: CostByKind | null;
  costUsdPicos: bigint | null;
  /** What it costs by the book; null when unpriced, and for a price of the contract's own that the book does not know. */
  listCostUsdPicos: bigint | null;
  /** Row of the price book, `anthropic/claude-opus-5@2026-07-24`, or an override of the contract, `contract/k3f9a2`. */
  priceId: string | null;
  /** Which of that row's rates: base, long (long prompt) or fast; `mixed` when parts differ. */
  tier: "base" | "long" | "fast" | "fast_long" | "mixed" | null;
  /** In the order applied: `batch_0.5`, `us_1.1`, `regional_1.1`, `contract/k3f9a2_0.9`. */
  multipliers: readonly string[];
  notes: readonly string[];
}>;

/** How one line of a call is priced: everything of a `PricedLine` that the book and the contract decide. */
export type LinePrice = Pick<
  PricedLine,
  "status" | "reason" | "cost" | "costUsdPicos" | "listCostUsdPicos" | "priceId" | "tier" | "multipliers" | "notes"
>;
