const Z_95 = 1.959963984540054;

/**
 * The two-sided 95 % quantile of Student's t for `df` degrees of freedom, which need not be whole; under 2 that of 2.
 * Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5: within 2.5 % at 2, 0.1 % from 3 on.
 */
export function studentT95(df: number): number {
  const v = Math.max(2, df);
  if (!Number.isFinite(v)) return Z_95;
  const z = Z_95;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, at) => sum + term / v ** (at + 1), z);
}
