const CENT = 10_000_000_000n;

const round = (value: bigint) =>
  value < 0n ? -((-value + CENT / 2n) / CENT) * CENT : ((value + CENT / 2n) / CENT) * CENT;

/**
 * Both totals and the parts between them in whole cents: the totals as they stand everywhere else, and the parts so that
 * they still lead from one to the other. What rounding leaves over goes to the largest part. Picodollars.
 */
export function inCents(
  before: bigint,
  parts: readonly bigint[],
  after: bigint,
): Readonly<{ before: bigint; parts: readonly bigint[]; after: bigint }> {
  const size = (value: bigint) => (value < 0n ? -value : value);
  const rounded = parts.map(round);
  const rest = round(after) - round(before) - rounded.reduce((a, b) => a + b, 0n);
  const largest = rounded.reduce((most, part, at) => (size(part) > size(rounded[most] ?? 0n) ? at : most), 0);
  return {
    before: round(before),
    parts: rounded.map((part, at) => (at === largest ? part + rest : part)),
    after: round(after),
  };
}
