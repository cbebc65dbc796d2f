import { studentT95 } from "./student-t";

/**
 * Exact sums over the cells of a feature on one side; a cell is what one tenant called in one hour. Tries are first
 * tries with a price that were answered, at once or by a retry; cost is what all tries and retries cost, in picodollars.
 */
export type CellSums = Readonly<{
  cells: number;
  /** Answered or not. */
  firstTries: bigint;
  tries: bigint;
  costUsdPicos: bigint;
  triesSquared: bigint;
  costSquared: bigint;
  costTimesTries: bigint;
}>;

export type FeatureEvidence = Readonly<{ feature: string; before: CellSums; after: CellSums }>;

/** All calls of a side, whatever their feature. */
export type SideCalls = Readonly<{ calls: bigint; pricedCalls: bigint }>;

/** A change as a share of what the same calls cost before, and the interval that covers it with 95 % confidence. */
export type Estimate = Readonly<{ change: number; low: number; high: number }>;

export type VerdictWord = "dearer" | "cheaper" | "as_before" | "not_enough_calls";
export type NotEnough =
  | "no_calls"
  | "nothing_before"
  | "unpriced"
  | "nothing_in_common"
  | "few_calls"
  | "wide_interval";

export type FeatureVerdict = Readonly<{
  feature: string;
  /** Answered first tries with a price on both sides. */
  before: bigint;
  after: bigint;
  /** Cost of a first try with its retries, whole picodollars; null where there was none. */
  costBeforeUsdPicos: bigint | null;
  costAfterUsdPicos: bigint | null;
  /** Null for a feature with too few calls on a side, or without a cost: it is not in the verdict. */
  estimate: Estimate | null;
}>;

/** Of all first tries of a side, or of the one feature that fails more; null where there were none. */
export type Failures = Readonly<{
  isMuchMore: boolean;
  feature: string | null;
  before: number | null;
  after: number | null;
}>;

export type Verdict = Readonly<{
  word: VerdictWord;
  /** Why it is not more than that; null where there are enough calls. */
  reason: NotEnough | null;
  /** What first tries stayed without an answer, as a share, and whether much more of them do after. */
  failures: Failures;
  /** Null where nothing could be estimated. */
  estimate: Estimate | null;
  /** Answered first tries of the features compared: what the estimate rests on. */
  before: bigint;
  after: bigint;
  features: readonly FeatureVerdict[];
}>;

/** A change under 3 % is no news, however sure. */
export const SMALL = 0.03;
/** An interval within ±10 % says that calls cost what they did. */
export const MARGIN = 0.1;
/** First tries on each side that a verdict takes at least, … */
export const MIN_CALLS = 50;
/** … and a feature, to be part of it; in so many cells, or they tell nothing of how much cells differ. */
export const MIN_FEATURE_CALLS = 10;
const MIN_CELLS = 3;
/** Failures are much more when their share rose by 5 points, … */
const MORE_FAILURES = 0.05;
/** … and so many tries more fail than would have before. */
const MIN_FAILURES = 10;

/** The variance of a ratio, as a share of its square, and the degrees of freedom that it rests on. */
type Spread = Readonly<{ variance: number; df: number }>;

/**
 * The variance of cost ÷ tries over cells, by linearisation: n/(n−1) · Σ(y − Rx)² ÷ X². The sum is exact: X²Σ(y − Rx)²
 * = X²Σy² − 2XYΣxy + Y²Σx². Cochran, Sampling Techniques (1977), section 6.4; for online metrics Deng, Knoblich and Lu,
 * KDD 2018.
 */
function spreadOf({ cells, tries, costUsdPicos: cost, ...sums }: CellSums): Spread {
  const squares =
    tries * tries * sums.costSquared - 2n * tries * cost * sums.costTimesTries + cost * cost * sums.triesSquared;
  const relative = Number(squares) / Number(tries) ** 2 / Number(cost) ** 2;
  return { variance: (Math.max(0, relative) * cells) / (cells - 1), df: cells - 1 };
}

const isEnough = ({ cells, tries, costUsdPicos }: CellSums) =>
  cells >= MIN_CELLS && tries >= BigInt(MIN_FEATURE_CALLS) && costUsdPicos > 0n;

const meanOf = ({ tries, costUsdPicos }: CellSums) => (tries > 0n ? (costUsdPicos + tries / 2n) / tries : null);

/**
 * What the calls after cost against what as many calls of each feature cost before, so that a shift from cheap features
 * to dear ones is no change. The interval is one of Welch's kind on the logarithm: costs are skewed, and no call can get
 * cheaper by more than all of its cost.
 */
function estimate(compared: readonly FeatureEvidence[]): Estimate | null {
  const parts = compared.flatMap(({ before, after }) => {
    const expected = (Number(before.costUsdPicos) * Number(after.tries)) / Number(before.tries);
    const [was, is] = [spreadOf(before), spreadOf(after)];
    return [
      { cost: Number(after.costUsdPicos), isAfter: true, ...is },
      { cost: expected, isAfter: false, ...was },
    ];
  });
  const total = (isAfter: boolean) =>
    parts.filter((one) => one.isAfter === isAfter).reduce((sum, { cost }) => sum + cost, 0);
  const [spent, expected] = [total(true), total(false)];
  if (!(spent > 0 && expected > 0)) return null;
  const shares = parts.map(({ cost, isAfter, variance, df }) => ({
    variance: variance * (cost / (isAfter ? spent : expected)) ** 2,
    df,
  }));
  const variance = shares.reduce((sum, share) => sum + share.variance, 0);
  const df = variance ** 2 / shares.reduce((sum, share) => sum + share.variance ** 2 / share.df, 0);
  const reach = variance > 0 ? studentT95(df) * Math.sqrt(variance) : 0;
  const log = Math.log(spent / expected);
  return { change: spent / expected - 1, low: Math.exp(log - reach) - 1, high: Math.exp(log + reach) - 1 };
}

function wordOf({ change, low, high }: Estimate): VerdictWord {
  const isSure = low > 0 || high < 0;
  if (isSure && Math.abs(change) >= SMALL) return change > 0 ? "dearer" : "cheaper";
  return isSure || (low >= -MARGIN && high <= MARGIN) ? "as_before" : "not_enough_calls";
}

type Tries = Pick<CellSums, "firstTries" | "tries">;

function failuresOf(feature: string | null, before: Tries, after: Tries): Failures {
  const share = ({ firstTries, tries }: Tries) =>
    firstTries > 0n ? Number(firstTries - tries) / Number(firstTries) : null;
  const [was, is] = [share(before), share(after)];
  const rise = was === null || is === null || before.firstTries < BigInt(MIN_CALLS) ? 0 : is - was;
  const isMuchMore = rise >= MORE_FAILURES && rise * Number(after.firstTries) >= MIN_FAILURES;
  return { isMuchMore, feature, before: was, after: is };
}

/** Those of all features together, or of the one that fails most more, where only it does. */
function findFailures(features: readonly FeatureEvidence[]): Failures {
  const sum = (side: "before" | "after"): Tries => ({
    firstTries: features.reduce((total, one) => total + one[side].firstTries, 0n),
    tries: features.reduce((total, one) => total + one[side].tries, 0n),
  });
  const whole = failuresOf(null, sum("before"), sum("after"));
  if (whole.isMuchMore) return whole;
  const rise = ({ before, after }: Failures) => (after ?? 0) - (before ?? 0);
  const failing = features
    .map(({ feature, before, after }) => failuresOf(feature, before, after))
    .filter(({ isMuchMore }) => isMuchMore)
    .sort((a, b) => rise(b) - rise(a));
  return failing[0] ?? whole;
}

function reasonWithout(before: SideCalls, after: SideCalls, features: readonly FeatureEvidence[]): NotEnough {
  if (after.calls === 0n) return "no_calls";
  if (before.calls === 0n) return "nothing_before";
  if (before.pricedCalls === 0n || after.pricedCalls === 0n) return "unpriced";
  const isShared = features.some((one) => one.before.tries > 0n && one.after.tries > 0n);
  return isShared ? "few_calls" : "nothing_in_common";
}

/**
 * Whether the same calls cost more after than before, by features with enough calls on both sides. Pure; `docs/deploys.md`
 * says the rule in words.
 * @param sides all calls of both sides, to tell why nothing can be said.
 */
export function decideVerdict(
  features: readonly FeatureEvidence[],
  sides: Readonly<{ before: SideCalls; after: SideCalls }>,
): Verdict {
  const compared = features.filter(({ before, after }) => isEnough(before) && isEnough(after));
  const tries = (side: "before" | "after") => compared.reduce((sum, one) => sum + one[side].tries, 0n);
  const [before, after] = [tries("before"), tries("after")];
  const common = {
    before,
    after,
    failures: findFailures(features),
    features: features.map((one) => ({
      feature: one.feature,
      before: one.before.tries,
      after: one.after.tries,
      costBeforeUsdPicos: meanOf(one.before),
      costAfterUsdPicos: meanOf(one.after),
      estimate: compared.includes(one) ? estimate([one]) : null,
    })),
  };
  const found = compared.length > 0 ? estimate(compared) : null;
  if (!found || before < BigInt(MIN_CALLS) || after < BigInt(MIN_CALLS)) {
    const reason = found ? "few_calls" : reasonWithout(sides.before, sides.after, features);
    return { word: "not_enough_calls", reason, estimate: found, ...common };
  }
  const word = wordOf(found);
  return { word, reason: word === "not_enough_calls" ? "wide_interval" : null, estimate: found, ...common };
}

/**
 * Whether a gate lets the deploy pass: false when it is surely dearer, and by more than `maxIncrease`, or when much more
 * first tries stay without an answer, whatever the others cost; true when it is not
 * dearer by more, and there are enough calls to say so; null as long as there are too few.
 * @param maxIncrease a share: 0.1 lets calls become 10 % dearer.
 */
export function passes({ word, reason, estimate, failures }: Verdict, maxIncrease: number): boolean | null {
  if (failures.isMuchMore) return false;
  if (!estimate || reason === "few_calls") return null;
  const { change, low, high } = estimate;
  if (low > 0 && change > maxIncrease) return false;
  return high <= maxIncrease || (change <= maxIncrease && word !== "not_enough_calls") ? true : null;
}
