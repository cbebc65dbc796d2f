import type { BreakdownColumnKey } from "../../panels/breakdown-columns";

/** What the table of one model can be cut by; the first is the default. */
export const GROUPINGS = ["feature", "tenant", "service_tier"] as const;

const COLUMNS: readonly (BreakdownColumnKey | "trend")[] = [
  "spend",
  "change",
  "trend",
  "calls",
  "tokens",
  "kinds",
  "cost_per_mtok",
  "latency",
  "batch",
  "errors",
];

/** The table of one model, whatever it is cut by. */
export function modelTable(by: (typeof GROUPINGS)[number]) {
  const title = `By ${by.replace("_", " ")}`;
  return { dimension: by, groupings: GROUPINGS, title, question: "Who uses it, for what?", columns: COLUMNS };
}
