import "server-only";
import { callsWithin } from "@/lib/calls/filters";
import { scanCalls } from "@/lib/calls/scan";
import { Prisma } from "@/prisma/client/client";
import { buildReport } from "./builder";
import type { Report } from "./report";
import type { Column, Filter, Row } from "./schema";

const COLUMNS: readonly Column[] = [
  { key: "attempt", label: "Attempt", unit: "text" },
  { key: "calls", label: "Calls", unit: "calls", missing: "zero" },
  { key: "cost", label: "Spend", unit: "usd_picos", missing: "zero" },
  { key: "unpriced_calls", label: "Unpriced calls", unit: "calls", missing: "zero" },
];

const FIRST: Filter = { dimension: "attempt", op: "is", values: ["first"] };

/** What first attempts cost, from the rollups, and every further one, from the calls themselves: there are few of them. */
export const costByAttempt: Report = {
  label: "Cost by attempt",
  question: "What do retries cost?",
  dimensions: [],
  groupable: [],
  measures: [],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const plain = { ...query, compare: null, bucket: null, groupBy: [], sort: null };
    const measures = ["calls", "cost", "unpriced_calls"] as const;
    const [result, { totals: first }, further] = await Promise.all([
      buildReport(scope, "cost-by-attempt", plain, measures, asOf),
      buildReport(scope, "cost-by-attempt", { ...plain, filters: [...query.filters, FIRST] }, measures, asOf),
      scanCalls<Record<"attempt" | "calls" | "cost" | "unpriced", string>>(Prisma.sql`
        SELECT attempt::text, (count(*) FILTER (WHERE line = 0))::text AS calls, coalesce(sum(cost_usd_picos), 0)::text AS cost,
          (count(*) FILTER (WHERE pricing_status = 'unpriced'))::text AS unpriced
        FROM llm_call WHERE ${callsWithin(scope, query)} AND attempt > 1 GROUP BY attempt ORDER BY llm_call.attempt`),
    ]);
    const rows: Row[] = further.map(({ attempt, calls, cost, unpriced }) => ({
      attempt,
      calls: BigInt(calls),
      cost: BigInt(cost),
      unpriced_calls: BigInt(unpriced),
    }));
    const { calls = 0n, cost = 0n, unpriced_calls = 0n } = first;
    if (calls !== 0n || cost !== 0n) rows.unshift({ attempt: "1", calls, cost, unpriced_calls });
    return { ...result, columns: COLUMNS, rows: rows.slice(0, query.limit), rowCount: rows.length };
  },
};
