import { MEASURE_CATALOGUE, type MeasureKey } from "./catalogue";
import type { Cell, Coverage } from "./schema";
import type { COVERAGE_SUMS } from "./sums";

/** A row as the driver hands it over: exact sums arrive as text, since they may pass 2^63. */
export type RawRow = Readonly<Record<string, string | number | bigint | Date | null>>;

/** The cell of a measure from what the driver gave. */
export function readCell(measure: MeasureKey, value: RawRow[string] | undefined): Cell {
  if (value === null || value === undefined) return null;
  return MEASURE_CATALOGUE[measure].cell === "exact" ? BigInt(value as string) : (value as number | Date);
}

/** From a totals row with `coverage_<sum>` columns; a row that is not there covers nothing. */
export function readCoverage(row: RawRow | undefined): Coverage {
  const sum = (name: (typeof COVERAGE_SUMS)[number]) => BigInt((row?.[`coverage_${name}`] as string | null) ?? "0");
  return {
    calls: sum("calls"),
    tokens:
      sum("input_tokens") +
      sum("cache_create_5m_tokens") +
      sum("cache_create_1h_tokens") +
      sum("cache_read_tokens") +
      sum("output_tokens"),
    unpricedCalls: sum("unpriced_calls"),
    unpricedTokens: sum("unpriced_tokens"),
    estimatedCalls: sum("estimated_calls"),
    estimatedCostUsdPicos: sum("estimated_cost_usd_picos"),
  };
}
