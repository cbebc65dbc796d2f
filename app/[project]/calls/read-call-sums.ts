import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { type CallSums, summarizeCalls } from "@/lib/calls/summarize";
import { type Bucket, defaultBucket, type Period } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import { sumOf } from "../panels/stack";
import type { CallView } from "./call-view";

export type CallTotals = Omit<CallSums, "bucket">;

/** Sums of all calls of the page's query by bucket, and over all. */
export type CallFigures = Readonly<{ buckets: readonly CallSums[]; bucket: Bucket; totals: CallTotals }>;

const WEEK = 7 * 86_400_000;
const NOTHING: CallTotals = { calls: 0n, errors: 0n, rate_limited: 0n, unpriced_calls: 0n, cost_usd_picos: 0n };

function add(a: CallTotals, b: CallTotals): CallTotals {
  return {
    calls: a.calls + b.calls,
    errors: a.errors + b.errors,
    rate_limited: a.rate_limited + b.rate_limited,
    unpriced_calls: a.unpriced_calls + b.unpriced_calls,
    cost_usd_picos: a.cost_usd_picos + b.cost_usd_picos,
  };
}

/** Hours up to a week: there is room for as many bars. */
function bucketOf(period: Period): Bucket {
  return period.to.getTime() - period.from.getTime() <= WEEK ? "hour" : defaultBucket(period);
}

/** From the rollups where they can tell, else from the calls themselves. Once a request. */
export const readCallSums = cache(async (scope: Scope, { view, query, own }: CallView): Promise<CallFigures> => {
  const bucket = view.query.bucket ?? bucketOf(query.period);
  const buckets = own.length > 0 ? await summarizeCalls(scope, query, bucket) : await fromReport();
  return { buckets, bucket, totals: buckets.reduce(add, NOTHING) };

  async function fromReport(): Promise<readonly CallSums[]> {
    const measures = ["calls", "errors", "rate_limited", "unpriced_calls", "cost"];
    const { rows } = await runReport(scope, "cost-over-time", { ...view.query, bucket, measures, sort: null });
    return rows.flatMap((row) =>
      row.bucket instanceof Date
        ? [
            {
              bucket: row.bucket,
              calls: sumOf(row, "calls"),
              errors: sumOf(row, "errors"),
              rate_limited: sumOf(row, "rate_limited"),
              unpriced_calls: sumOf(row, "unpriced_calls"),
              cost_usd_picos: sumOf(row, "cost"),
            },
          ]
        : [],
    );
  }
});
