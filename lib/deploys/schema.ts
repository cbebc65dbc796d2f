/** The kinds of which a cost is made; web searches are counted in requests. */
export const COST_KINDS = ["input", "cacheCreate5m", "cacheCreate1h", "cacheRead", "output", "webSearch"] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** What one feature used of one model at one service tier, first tries and retries apart. Money in picodollars. */
export type UsageCell = Readonly<{
  feature: string;
  /** Model and service tier: what has one price list. */
  model: string;
  isRetry: boolean;
  calls: bigint;
  /** Of the calls; none where absent. */
  unpriced?: bigint;
  /** Of the tokens, whatever their kind; none where absent. */
  unpricedTokens?: bigint;
  errors?: bigint;
  rateLimited?: bigint;
  tokens: Readonly<Record<CostKind, bigint>>;
  cost: Readonly<Record<CostKind, bigint>>;
}>;

/** The parts of a change in cost, in the order in which they are shown. */
export const PARTS = ["volume", "price", "modelMix", "freshInput", "cache", "output", "retries"] as const;
export type Part = (typeof PARTS)[number];
export const PART_LABELS: Readonly<Record<Part, string>> = {
  volume: "Volume",
  price: "Price",
  modelMix: "Model mix",
  freshInput: "Fresh input",
  cache: "Cache",
  output: "Output",
  retries: "Retries",
};
export type Parts = Readonly<Record<Part, bigint>>;

/** One side of a comparison. Costs include retries; ratios and per-call figures are floats for display. */
export type UsageSide = Readonly<{
  calls: bigint;
  /** Those with a price: what a cost per call is a mean of. */
  pricedCalls: bigint;
  retries: bigint;
  errors: bigint;
  rateLimited: bigint;
  costUsdPicos: bigint;
  /** Whole picodollars; null without priced calls. */
  costPerCallUsdPicos: bigint | null;
  cacheHit: number | null;
  /** Fresh input, cache writes and reads. */
  inputTokensPerCall: number | null;
  tokens: Readonly<Record<CostKind, bigint>>;
  /** Calls by model and tier. */
  models: ReadonlyMap<string, bigint>;
}>;

/** A change taken apart: `after.cost − before.cost` is exactly the sum of `parts`. */
export type Change = Readonly<{
  before: UsageSide;
  after: UsageSide;
  changeUsdPicos: bigint;
  parts: Parts;
  /** The change without volume: what the same number of calls would have cost more. */
  effectUsdPicos: bigint;
}>;
export type FeatureChange = Change & Readonly<{ feature: string }>;

export type Decomposition = Readonly<{
  /** Features by the size of their effect. */
  features: readonly FeatureChange[];
  total: Change;
}>;
