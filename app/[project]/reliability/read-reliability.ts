import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { type AttemptCell, readAttemptCells } from "@/lib/reports/attempt-cells";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { sumOf } from "../panels/stack";
import { summarize } from "../panels/summarize";
import type { View } from "../view";

/** What failures and retries can be cut by; the first is the default. */
export const CUTS = ["feature", "model", "tenant"] as const;
export type Cut = (typeof CUTS)[number];

/** What attempts after the first cost, by one dimension. */
export const readRetryCost = cache((scope: Scope, view: View, cut: Cut) =>
  runReport(scope, "retry-cost", { ...view.query, groupBy: [cut], bucket: null, sort: null }),
);

/** All calls of the page and their spend, from the rollups. */
export const readAllCalls = cache(
  async (scope: Scope, view: View): Promise<Readonly<{ row: Row; calls: bigint; costUsdPicos: bigint }>> => {
    const { period, compare } = view.query;
    const row = await summarize(scope, view, period, compare, [
      "calls",
      "cost",
      "failed_rate",
      "rate_limited_rate",
      "retry_share",
    ]);
    return { row, calls: sumOf(row, "calls"), costUsdPicos: sumOf(row, "cost") };
  },
);

/** Attempts that failed or were retries, by status, number and one dimension: read once for whoever shows them. */
export const readCells = cache(
  (scope: Scope, view: View, cut: Cut): Promise<readonly AttemptCell[]> =>
    readAttemptCells(scope, view.query, [cut], null),
);
