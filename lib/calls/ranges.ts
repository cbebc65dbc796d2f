import { parseUsd } from "@/lib/money";
import type { FieldError } from "@/lib/period";

/** Figures of a call that can be bounded: `min_cost_usd=0.5`, `max_latency_ms=2000`. */
export const RANGE_FIELDS = ["cost_usd", "latency_ms", "input_tokens", "output_tokens"] as const;
export type RangeField = (typeof RANGE_FIELDS)[number];

/** A bound, itself included; dollars as picodollars. A call without a price is in no range of cost. */
export type CallRange = Readonly<{ field: RangeField; bound: "min" | "max"; value: bigint }>;

/** Above every cost, latency and count that a column can hold. */
const MOST_USD = 9_000_000n;
const MOST = 2_000_000_000n;

/** Reads `min_<field>` and `max_<field>`; what cannot be used is added to `errors`. */
export function readRanges(params: URLSearchParams, errors: FieldError[]): readonly CallRange[] {
  return RANGE_FIELDS.flatMap((field) =>
    (["min", "max"] as const).flatMap((bound): CallRange[] => {
      const path = `${bound}_${field}`;
      const text = params.get(path);
      if (!text) return [];
      const value = field === "cost_usd" ? readUsd(text) : /^\d{1,10}$/.test(text) ? BigInt(text) : null;
      if (value === null || value > (field === "cost_usd" ? MOST_USD * 1_000_000_000_000n : MOST)) {
        errors.push({ path, message: ruleOf(field) });
        return [];
      }
      return [{ field, bound, value }];
    }),
  );
}

function readUsd(text: string): bigint | null {
  return /^\d{1,7}(?:\.\d{1,12})?$/.test(text) ? parseUsd(text) : null;
}

function ruleOf(field: RangeField): string {
  if (field === "cost_usd") return `must be dollars from 0 to ${MOST_USD}, such as 0.5`;
  return `must be a whole number from 0 to ${MOST}`;
}
