import { MIN_CALLS } from "@/lib/deploys/verdict";
import type { Row } from "@/lib/reports/schema";
import { sumOf } from "../panels/stack";

/** Whether a row of the report `deploys` and that of the deploy before it hold the calls of a verdict: fewer show no change. */
export function isEnoughToCompare(row: Row): boolean {
  return ["calls", "compare_calls"].every((key) => sumOf(row, key) >= BigInt(MIN_CALLS));
}
