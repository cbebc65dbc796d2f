/** Picodollars in a dollar: 1 picodollar = 1e-12 USD, the unit in which every cost is kept. */
export const PICOS_PER_USD = 1_000_000_000_000n;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Parses a decimal string of dollars ("12.5", "-0.000001") into picodollars.
 * @throws RangeError when it is not a plain decimal or has more than 12 places: money is never rounded on the way in.
 */
export function parseUsd(text: string): bigint {
  const [, sign, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === undefined || fraction.length > 12) {
    throw new RangeError(`not a decimal of at most 12 places: ${JSON.stringify(text)}`);
  }
  const picos = BigInt(whole) * PICOS_PER_USD + BigInt(fraction.padEnd(12, "0"));
  return sign === "-" ? -picos : picos;
}

/** Writes picodollars as the exact decimal of dollars, without trailing zeros: `17500000000n` → "0.0175". */
export function toDecimalUsd(picos: bigint): string {
  return toDecimal(picos, 12);
}

/** Writes a whole number of units of 10^-places (places ≥ 1) as a decimal without trailing zeros: `(875000n, 6)` → "0.875". */
export function toDecimal(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const fraction = digits.slice(-places).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -places)}${fraction && `.${fraction}`}`;
}

/** Dollars as a float: for the length of a bar in a chart only, never for a figure that is summed or shown. */
export function toChartUsd(picos: bigint): number {
  return Number(picos) / 1e12;
}
