import type { Dimension } from "./schema";

/** The dimensions that a row of llm_call has as a column: what questions to the calls themselves can be cut by. */
export const ROW_DIMENSIONS = [
  "model",
  "feature",
  "tenant",
  "deploy",
  "provider",
  "environment",
  "service_tier",
] as const satisfies readonly Dimension[];
export type RowDimension = (typeof ROW_DIMENSIONS)[number];
