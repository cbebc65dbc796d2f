import type { BreakdownColumnKey } from "../../panels/breakdown-columns";

/** What the table of one feature can be cut by; the first is the default. */
export const GROUPINGS = ["deploy", "model", "tenant"] as const;

const COLUMNS: readonly (BreakdownColumnKey | "trend")[] = [
  "spend",
  "change",
  "trend",
  "calls",
  "cost_per_call",
  "cost_per_call_before",
  "input_per_call",
  "input_per_call_before",
  "cache_hit",
  "errors",
  "retries",
];

const BEFORE: readonly string[] = ["change", "cost_per_call_before", "input_per_call_before"];

/** The table of one feature. A deploy has nothing before it to be compared with. */
export function featureTable(by: (typeof GROUPINGS)[number]) {
  const columns = by === "deploy" ? COLUMNS.filter((key) => !BEFORE.includes(key)) : COLUMNS;
  return { dimension: by, groupings: GROUPINGS, title: `By ${by}`, question: "What, and who, makes it dear?", columns };
}
