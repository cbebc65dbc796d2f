export type LedgerPart = Readonly<{
  key: string;
  name: string;
  /** Why, in words. */
  why?: string;
  /** Picodollars, signed. */
  amount: bigint;
  /** Volume is neither worse nor better: grey. */
  isVolume?: boolean;
}>;

export type LedgerBar = Readonly<{ left: number; width: number; end: number }>;

export type LedgerScale = Readonly<{
  /** Where the axis starts, in picodollars: 0, or a round figure below all bars (then the totals carry a cut mark). */
  start: bigint;
  before: LedgerBar;
  parts: readonly LedgerBar[];
  after: LedgerBar;
}>;

const MIN_WIDTH = 0.35;

/**
 * Places the bars of a ledger, in percent of its width: each part hangs from the running total.
 * The axis is cut when the parts would otherwise be slivers: their range is under a third of the total.
 * @throws RangeError when the parts do not add up to `after − before`: a ledger that does not add up is not drawn.
 */
export function scaleLedger(before: bigint, parts: readonly LedgerPart[], after: bigint): LedgerScale {
  const sum = parts.reduce((all, { amount }) => all + amount, before);
  if (sum !== after) throw new RangeError(`parts miss the total by ${after - sum} picodollars`);
  const levels = [before];
  for (const { amount } of parts) levels.push((levels.at(-1) ?? 0n) + amount);
  const low = Math.min(...levels.map(Number));
  const high = Math.max(...levels.map(Number));
  const range = high - low || Math.abs(high) || 1;
  const isCut = low > 0 && high - low < high / 3;
  const start = isCut ? roundDown(Math.max(0, low - range * 0.75)) : Math.min(0, low);
  const span = (high - start) * 1.08 || 1;
  const place = (value: bigint) => ((Number(value) - start) / span) * 100;
  const base = place(BigInt(Math.trunc(Math.max(start, 0))));
  const bars = parts.map(({ amount }, index): LedgerBar => {
    const [from, to] = [place(levels[index] ?? 0n), place((levels[index] ?? 0n) + amount)];
    return { left: Math.min(from, to), width: Math.max(MIN_WIDTH, Math.abs(to - from)), end: to };
  });
  const whole = (value: bigint): LedgerBar => {
    const end = place(value);
    return { left: Math.min(base, end), width: Math.max(MIN_WIDTH, Math.abs(end - base)), end };
  };
  return { start: BigInt(Math.trunc(start)), before: whole(before), parts: bars, after: whole(after) };
}

/** The largest, and never below zero. */
export function maxOf(amounts: readonly bigint[]): bigint {
  let most = 0n;
  for (const amount of amounts) if (amount > most) most = amount;
  return most;
}

/** Down to one significant digit, or its half: a figure that can be said. */
function roundDown(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(value)) / 2;
  return Math.floor(value / unit) * unit;
}

/**
 * Amounts rounded to `unit` picodollars so that they still add up to the rounded total: what rounding leaves over goes
 * to the amounts that it changed most.
 * @param kept how many of the largest amounts stay as they round on their own, so that they are the same wherever else
 * they are written. Fewer than there are.
 */
export function roundToSum(amounts: readonly bigint[], unit: bigint, kept = 0): bigint[] {
  const round = (value: bigint) => (value >= 0n ? (value + unit / 2n) / unit : -((-value + unit / 2n) / unit));
  const rounded = amounts.map(round);
  let rest = round(amounts.reduce((a, b) => a + b, 0n)) - rounded.reduce((a, b) => a + b, 0n);
  const step = rest < 0n ? -1n : 1n;
  const size = (amount: bigint) => (amount < 0n ? -amount : amount);
  const order = amounts
    .map((amount, index) => ({ index, size: size(amount), off: (amount - (rounded[index] ?? 0n) * unit) * step }))
    .sort((a, b) => (a.size === b.size ? 0 : a.size < b.size ? 1 : -1))
    .slice(kept)
    .sort((a, b) => (a.off === b.off ? 0 : a.off < b.off ? 1 : -1));
  for (let at = 0; rest !== 0n && order.length > 0; at++, rest -= step) {
    const { index } = order[at % order.length] ?? { index: 0 };
    rounded[index] = (rounded[index] ?? 0n) + step;
  }
  return rounded.map((value) => value * unit);
}
