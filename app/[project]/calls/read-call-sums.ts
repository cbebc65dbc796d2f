import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import {
  addSums,
  CALL_MEASURES,
  type CallSums,
  type CallTotals,
  callTotals,
  coverageOf,
  summarizeCalls,
} from "@/lib/calls/summarize";
import { type Bucket, defaultBucket, type Period } from "@/lib/period";
import { countDroppedCalls } from "@/lib/reports/dropped-calls";
import { runReport } from "@/lib/reports/registry";
import type { Covered } from "../panels/header-coverage";
import { sumOf } from "../panels/stack";
import type { CallView } from "./call-view";

/** Sums of all calls of the page's query by bucket, and over all. */
export type CallFigures = Readonly<{ buckets: readonly CallSums[]; bucket: Bucket; totals: CallTotals }>;

const WEEK = 7 * 86_400_000;
/** Hours up to a week: there is room for as many bars. */
function bucketOf(period: Period): Bucket {
  return period.to.getTime() - period.from.getTime() <= WEEK ? "hour" : defaultBucket(period);
}

/** From the rollups where they can tell, else from the calls themselves. Once a request. */
export const readCallSums = cache(async (scope: Scope, { view, query, isOwn }: CallView): Promise<CallFigures> => {
  const bucket = view.query.bucket ?? bucketOf(query.period);
  const buckets = isOwn ? await summarizeCalls(scope, query, bucket) : await fromReport();
  return { buckets, bucket, totals: addSums(buckets) };

  async function fromReport(): Promise<readonly CallSums[]> {
    const measures = CALL_MEASURES;
    const { rows } = await runReport(scope, "cost-over-time", { ...view.query, bucket, measures, sort: null });
    return rows.flatMap((row) =>
      row.bucket instanceof Date ? [{ bucket: row.bucket, ...callTotals((name) => sumOf(row, name)) }] : [],
    );
  }
});

/** What the sums cover. */
export async function readCallsCoverage(scope: Scope, page: CallView): Promise<Covered> {
  const { period, filters } = page.view.query;
  const [{ totals }, droppedCalls] = await Promise.all([
    readCallSums(scope, page),
    countDroppedCalls(scope, period, filters),
  ]);
  return { coverage: coverageOf(totals), period, droppedCalls };
}
