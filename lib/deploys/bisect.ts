/** What can step from one deploy to the next. */
export const STEP_METRICS = [
  "cost_per_call",
  "input_tokens_per_call",
  "output_tokens_per_call",
  "cache_hit",
  "error_rate",
  "retry_share",
] as const;
export type StepMetric = (typeof STEP_METRICS)[number];

/** One deploy of a series in order of first call: its metric is `over ÷ under`, exact sums both. */
export type DeployPoint = Readonly<{ deploy: string; at: Date; calls: bigint; over: bigint; under: bigint }>;

/** Deploys in a row between which nothing stepped: `points[from]` up to, not including, `points[to]`. Its level is `over ÷ under`. */
export type Segment = Readonly<{ from: number; to: number; over: bigint; under: bigint }>;

/** Why no step could be looked for. */
export type StepSearch = Readonly<{ segments: readonly Segment[]; isTooShort: boolean }>;

/** Fewer deploys tell nothing of how much deploys differ by themselves. */
export const MIN_DEPLOYS = 5;
/** A deploy of fewer calls starts no step; it counts with the deploys before it. */
export const MIN_STEP_CALLS = 50;
/** A step under 10 % of the higher level is drift. */
export const MIN_STEP = 0.1;
/** A share of calls that fails or is retried steps by this many of them at least: fewer come by chance. */
export const MIN_STEP_EVENTS = 10;
/** Deploys of the usual size are never known better than to 2 %: the mix of calls alone moves them so much. */
const DRIFT = 0.02;
const PENALTY = 4;
/** The median of |z| of a normal variable. */
const NORMAL_MEDIAN = 0.6745;

/** The level of a segment or deploy as a float: for comparing and drawing. */
export const levelOf = ({ over, under }: Pick<Segment, "over" | "under">) => Number(over) / Number(under);

/** The same, whole units rounded half up: for amounts. */
export const exactLevelOf = ({ over, under }: Pick<Segment, "over" | "under">) => (over + under / 2n) / under;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

function sumUp(points: readonly DeployPoint[], from: number, to: number): Segment {
  const own = points.slice(from, to);
  return {
    from,
    to,
    over: own.reduce((sum, { over }) => sum + over, 0n),
    under: own.reduce((sum, { under }) => sum + under, 0n),
  };
}

/**
 * The variance of one unit of weight, from the differences of neighbours, of which few are steps: their median is not
 * moved by them. Not under that of drift, nor for a share of calls under the binomial one.
 */
function noiseOf(points: readonly DeployPoint[], isShareOfCalls: boolean): number {
  const differences = points.slice(1).flatMap((point, at) => {
    const before = points[at];
    if (!before) return [];
    const spread = Math.sqrt(1 / Number(before.under) + 1 / Number(point.under));
    return [Math.abs(levelOf(point) - levelOf(before)) / spread];
  });
  const whole = sumUp(points, 0, points.length);
  const level = levelOf(whole);
  const drift = (DRIFT * level) ** 2 * (Number(whole.under) / points.length);
  const binomial = isShareOfCalls ? level * (1 - level) : 0;
  return Math.max((median(differences) / NORMAL_MEDIAN) ** 2, drift, binomial);
}

/**
 * The cut into segments that makes the weighted squares within them, and a penalty for each segment, smallest of all: by
 * dynamic programming, so that a step that a later deploy takes back is found as surely as one that stays.
 */
function bestCut(points: readonly DeployPoint[], penalty: number): readonly number[] {
  const n = points.length;
  const sums = { weight: [0], value: [0], square: [0] };
  for (const point of points) {
    const [weight, value] = [Number(point.under), levelOf(point)];
    sums.weight.push((sums.weight.at(-1) ?? 0) + weight);
    sums.value.push((sums.value.at(-1) ?? 0) + weight * value);
    sums.square.push((sums.square.at(-1) ?? 0) + weight * value * value);
  }
  const between = (of: readonly number[], from: number, to: number) => (of[to] ?? 0) - (of[from] ?? 0);
  const squares = (from: number, to: number) =>
    Math.max(0, between(sums.square, from, to) - between(sums.value, from, to) ** 2 / between(sums.weight, from, to));
  const best = [0];
  const last = [0];
  for (let to = 1; to <= n; to += 1) {
    best[to] = squares(0, to) + penalty;
    last[to] = 0;
    for (let from = 1; from < to; from += 1) {
      const cost = (best[from] ?? 0) + squares(from, to) + penalty;
      if (cost < (best[to] ?? 0)) {
        best[to] = cost;
        last[to] = from;
      }
    }
  }
  const cuts: number[] = [];
  for (let to = n; to > 0; to = last[to] ?? 0) cuts.unshift(last[to] ?? 0);
  return cuts;
}

/** The change from one level to the next as a share of the higher one: the same in both directions. */
function stepSize(a: Segment, b: Segment, isShareOfCalls: boolean): number {
  const [lower, higher] = levelOf(a) < levelOf(b) ? [a, b] : [b, a];
  const events = Number(higher.over) - levelOf(lower) * Number(higher.under);
  if (higher.over === 0n || (isShareOfCalls && events < MIN_STEP_EVENTS)) return 0;
  return (levelOf(higher) - levelOf(lower)) / levelOf(higher);
}

/** Joins neighbours that hardly differ, the least step first. */
function joinAlike(
  points: readonly DeployPoint[],
  segments: readonly Segment[],
  isShareOfCalls: boolean,
): readonly Segment[] {
  const steps = segments.slice(1).map((segment, at) => stepSize(segments[at] ?? segment, segment, isShareOfCalls));
  const least = Math.min(...steps);
  if (steps.length === 0 || least >= MIN_STEP) return segments;
  const at = steps.indexOf(least);
  const joined = sumUp(points, segments[at]?.from ?? 0, segments[at + 1]?.to ?? points.length);
  return joinAlike(points, [...segments.slice(0, at), joined, ...segments.slice(at + 2)], isShareOfCalls);
}

/**
 * Finds the steps in a series of deploys: optimal partitioning (Jackson and others, 2005) of the values weighted by what
 * they are a mean over, with a penalty of the kind of Schwarz's criterion (Yao 1988), 4 ln n times the noise. Pure;
 * `docs/deploys.md` says it in words.
 * @param points in order of first call, each with `under` > 0.
 * @param isShareOfCalls for rates of calls that fail or are retried.
 */
export function findSteps(points: readonly DeployPoint[], isShareOfCalls: boolean): StepSearch {
  const large = points.flatMap((point, at) => (point.calls >= BigInt(MIN_STEP_CALLS) ? [{ ...point, index: at }] : []));
  if (large.length < MIN_DEPLOYS) {
    return { segments: points.length > 0 ? [sumUp(points, 0, points.length)] : [], isTooShort: true };
  }
  const cuts = bestCut(large, PENALTY * Math.log(large.length) * noiseOf(large, isShareOfCalls));
  const starts = cuts.map((cut) => (cut === 0 ? 0 : (large[cut]?.index ?? 0)));
  const segments = starts.map((from, at) => sumUp(points, from, starts[at + 1] ?? points.length));
  return { segments: joinAlike(points, segments, isShareOfCalls), isTooShort: false };
}
