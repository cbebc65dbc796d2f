import {
  type Change,
  COST_KINDS,
  type CostKind,
  type Decomposition,
  PARTS,
  type Part,
  type Parts,
  type UsageCell,
} from "./schema";
import { pricedCallsOf, sideOf, sumKinds } from "./side";

const PART_OF: Readonly<Record<CostKind, Part>> = {
  input: "freshInput",
  cacheCreate5m: "cache",
  cacheCreate1h: "cache",
  cacheRead: "cache",
  output: "output",
  webSearch: "output",
};
const CACHED = ["cacheCreate5m", "cacheCreate1h", "cacheRead"] as const;

/** What one model of a feature used; the counts and costs of nothing when it was not used on that side. */
type Usage = Pick<UsageCell, "calls" | "tokens" | "cost">;

const size = (value: bigint) => (value < 0n ? -value : value);

/** `value × over / under`, rounded half away from zero. */
function scale(value: bigint, over: bigint, under: bigint): bigint {
  const [numerator, denominator] = under < 0n ? [-value * over, -under] : [value * over, under];
  const rounded = (size(numerator) * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -rounded : rounded;
}

function add(cells: readonly Usage[]): Usage {
  return {
    calls: cells.reduce((sum, cell) => sum + cell.calls, 0n),
    tokens: sumKinds(cells.map(({ tokens }) => tokens)),
    cost: sumKinds(cells.map(({ cost }) => cost)),
  };
}

const costOf = ({ cost }: Usage) => COST_KINDS.reduce((sum, kind) => sum + cost[kind], 0n);

/** Tokens as a fraction over `under`, so that what a call used before can be scaled to calls after without rounding. */
type Expected = Readonly<{
  tokens: Readonly<Record<CostKind, bigint>>;
  under: bigint;
  cost: Readonly<Record<CostKind, bigint>>;
}>;

const record = <T>(of: (kind: CostKind) => T) =>
  Object.fromEntries(COST_KINDS.map((kind) => [kind, of(kind)])) as Record<CostKind, T>;

/** What a model's calls after would have used and cost, had each been as before. */
function expectedUsage(before: Usage, after: Usage, allBefore: Usage, allAfter: Usage): Expected {
  const [over, under] = before.calls > 0n ? [after.calls, before.calls] : [allAfter.calls, allBefore.calls];
  // A model that only serves within calls of another has none of its own.
  if (before.calls > 0n || COST_KINDS.some((kind) => before.tokens[kind] > 0n || before.cost[kind] > 0n)) {
    return {
      tokens: record((kind) => before.tokens[kind] * over),
      under,
      cost: record((kind) => scale(before.cost[kind], over, under)),
    };
  }
  // A model new to the feature: the feature's usual call, at the new model's rates.
  return {
    tokens: record((kind) => allBefore.tokens[kind] * after.calls),
    under: allBefore.calls,
    cost: record((kind) =>
      after.tokens[kind] > 0n
        ? scale(after.cost[kind], allBefore.tokens[kind] * after.calls, after.tokens[kind] * allBefore.calls)
        : 0n,
    ),
  };
}

/**
 * Tokens that moved between fresh and cached, as their cost when fresh: a cache that was lost shows as less cached and
 * as much more fresh, and both belong to the cache.
 */
function movedCost(before: Usage, after: Usage, expected: Expected): bigint {
  const rate = before.tokens.input > 0n ? before : after;
  if (rate.tokens.input === 0n) return 0n;
  const grown = (kind: CostKind) => after.tokens[kind] * expected.under - expected.tokens[kind];
  const fresh = grown("input");
  const cached = CACHED.reduce((sum, kind) => sum + grown(kind), 0n);
  if (fresh > 0n === cached > 0n || fresh === 0n || cached === 0n) return 0n;
  const moved = size(fresh) < size(cached) ? fresh : fresh > 0n ? size(cached) : -size(cached);
  return scale(rate.cost.input, moved, rate.tokens.input * expected.under);
}

/** One feature: its first tries by model, and what its retries cost on both sides. */
function decomposeFeature(
  before: ReadonlyMap<string, Usage>,
  after: ReadonlyMap<string, Usage>,
  retries: Readonly<{ before: bigint; after: bigint }>,
): Record<Part, bigint> {
  const parts = Object.fromEntries(PARTS.map((part) => [part, 0n])) as Record<Part, bigint>;
  const [allBefore, allAfter] = [add([...before.values()]), add([...after.values()])];
  const [costBefore, costAfter] = [costOf(allBefore), costOf(allAfter)];
  // Nothing before, or nothing after, to compare a call with: the whole change is that there are calls at all.
  if (allBefore.calls === 0n || allAfter.calls === 0n) {
    return { ...parts, volume: costAfter + retries.after - costBefore - retries.before };
  }
  const atVolume = scale(costBefore, allAfter.calls, allBefore.calls);
  const retriesAtVolume = scale(retries.before, allAfter.calls, allBefore.calls);
  parts.volume = atVolume - costBefore + retriesAtVolume - retries.before;
  parts.retries = retries.after - retriesAtVolume;
  parts.modelMix = -atVolume;
  const nothing = add([]);
  for (const model of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(model) ?? nothing, after.get(model) ?? nothing];
    const expected = expectedUsage(was, is, allBefore, allAfter);
    for (const kind of COST_KINDS) {
      const atOldRate =
        was.tokens[kind] > 0n ? scale(was.cost[kind], is.tokens[kind], was.tokens[kind]) : is.cost[kind];
      parts.modelMix += expected.cost[kind];
      parts[PART_OF[kind]] += atOldRate - expected.cost[kind];
      parts.price += is.cost[kind] - atOldRate;
    }
    const moved = movedCost(was, is, expected);
    parts.freshInput -= moved;
    parts.cache += moved;
  }
  return parts;
}

/**
 * The tokens of a cell that have a price. Those of calls without one are known as a whole only: they are taken off every
 * kind in proportion, web searches off in that of calls.
 */
function pricedTokens({ tokens, calls, unpricedTokens = 0n, ...cell }: UsageCell): UsageCell["tokens"] {
  const { webSearch, ...kinds } = tokens;
  const all = Object.values(kinds).reduce((sum, kind) => sum + kind, 0n);
  const left = all > unpricedTokens ? all - unpricedTokens : 0n;
  const pricedCalls = pricedCallsOf({ calls, ...cell });
  return record((kind) => {
    if (kind === "webSearch") return calls > 0n ? scale(webSearch, pricedCalls, calls) : webSearch;
    return all > 0n ? scale(kinds[kind], left, all) : 0n;
  });
}

/** By model, what is priced: a model without any price would change the mix and the rates of those that have one. */
function byModel(cells: readonly UsageCell[]): ReadonlyMap<string, Usage> {
  const models = new Map<string, Usage>();
  for (const cell of cells) {
    const calls = pricedCallsOf(cell);
    if (calls === 0n && cell.unpriced && costOf(cell) === 0n) continue;
    models.set(cell.model, add([models.get(cell.model) ?? add([]), { ...cell, calls, tokens: pricedTokens(cell) }]));
  }
  return models;
}

const sumParts = (all: readonly Parts[]) =>
  Object.fromEntries(PARTS.map((part) => [part, all.reduce((sum, parts) => sum + parts[part], 0n)])) as Record<
    Part,
    bigint
  >;

function change(before: readonly UsageCell[], after: readonly UsageCell[], parts: Parts): Change {
  const [was, is] = [sideOf(before), sideOf(after)];
  const changeUsdPicos = is.costUsdPicos - was.costUsdPicos;
  return { before: was, after: is, changeUsdPicos, parts, effectUsdPicos: changeUsdPicos - parts.volume };
}

/**
 * Takes the change in cost between two spans apart, feature by feature, in whole picodollars that add up exactly:
 *
 * - volume: as many more or fewer first tries, each at what one cost before, its retries included
 * - model mix: their shares by model and service tier, each model's call as before (a model new to the feature: the
 *   feature's usual call at the new rates)
 * - fresh input, cache, output (with web searches): what each kind's tokens per call changed, at the rates before;
 *   tokens that moved between fresh and cached count as cache
 * - price: what was used after, at the rates after against those before
 * - retries: what retries cost after less what those of as many first tries cost before
 *
 * Calls without a price are in none of it, nor are their tokens. A feature that was not called on one of the sides is volume as a whole.
 */
export function decompose(before: readonly UsageCell[], after: readonly UsageCell[]): Decomposition {
  const features = [...new Set([...before, ...after].map(({ feature }) => feature))].map((feature) => {
    const [was, is] = [before, after].map((cells) => cells.filter((cell) => cell.feature === feature)) as [
      UsageCell[],
      UsageCell[],
    ];
    const tries = (cells: readonly UsageCell[]) => byModel(cells.filter(({ isRetry }) => !isRetry));
    const again = (cells: readonly UsageCell[]) => costOf(add(cells.filter(({ isRetry }) => isRetry)));
    const parts = decomposeFeature(tries(was), tries(is), { before: again(was), after: again(is) });
    return { feature, ...change(was, is, parts) };
  });
  features.sort((a, b) => Number(size(b.effectUsdPicos) - size(a.effectUsdPicos)) || (a.feature < b.feature ? -1 : 1));
  return { features, total: change(before, after, sumParts(features.map(({ parts }) => parts))) };
}
