import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { Prisma } from "@/prisma/client/client";
import { buildReport } from "./builder";
import {
  askScan,
  isRepeat,
  PROMPT,
  type PromptQuestion,
  REPEAT_SUMS,
  SENT_BEFORE,
  withPromptBefore,
} from "./prompt-calls";
import type { Report } from "./report";
import type { Column, Row } from "./schema";

/** Repeats of one feature, or of all (`feature` null). Rows without a price are counted, not in `wasted` (picodollars). */
export type Repeats = Readonly<{ feature: string | null; repeats: bigint; wasted: bigint; unpricedRepeats: bigint }>;

/**
 * Calls whose prompt the same tenant had sent at most `repeat_minutes` before, by feature, and of all. Prompts with one call are
 * most of them and cannot repeat: they are put aside first.
 */
export async function sumRepeats(
  scope: Scope,
  question: PromptQuestion,
): Promise<Readonly<{ features: readonly Repeats[]; all: Repeats }>> {
  const within = withPromptBefore(scope, question);
  const rows = await askScan<{ feature: string | null; repeats: string; wasted: string; unpriced_repeats: string }>(
    Prisma.sql`
    WITH often AS MATERIALIZED (
      SELECT prompt FROM (SELECT ${PROMPT} AS prompt FROM llm_call WHERE ${within} ORDER BY 1 OFFSET 0) AS row
      GROUP BY prompt HAVING count(*) > 1)
    SELECT feature, ${REPEAT_SUMS}
    FROM (
      SELECT *, ${isRepeat(question)} AS is_repeat
      FROM (
        SELECT feature, occurred_at, line, cost_usd_picos, pricing_status, ${SENT_BEFORE} AS sent_before
        FROM llm_call WHERE ${within} AND ${PROMPT} IN (SELECT prompt FROM often)) AS sent) AS call
    WHERE is_repeat AND occurred_at >= ${question.period.from.toISOString()}::timestamptz
    GROUP BY GROUPING SETS ((feature), ()) ORDER BY sum(cost_usd_picos) DESC NULLS LAST, feature COLLATE "C"`,
  );
  const sums = rows.map(
    (row): Repeats => ({
      feature: row.feature,
      repeats: BigInt(row.repeats),
      wasted: BigInt(row.wasted),
      unpricedRepeats: BigInt(row.unpriced_repeats),
    }),
  );
  const none = { feature: null, repeats: 0n, wasted: 0n, unpricedRepeats: 0n };
  return {
    features: sums.filter(({ feature }) => feature !== null),
    all: sums.find(({ feature }) => feature === null) ?? none,
  };
}

const COLUMNS: readonly Column[] = [
  { key: "feature", label: "Feature", unit: "text" },
  { key: "repeats", label: "Repeats", unit: "calls", missing: "zero" },
  { key: "wasted", label: "Wasted", unit: "usd_picos", missing: "zero" },
  { key: "unpriced_repeats", label: "Unpriced repeats", unit: "calls", missing: "zero" },
];

const toCells = ({ repeats, wasted, unpricedRepeats }: Repeats): Row => ({
  repeats,
  wasted,
  unpriced_repeats: unpricedRepeats,
});

/** What was spent on sending a prompt again within minutes, by feature. Features without a repeat have no row. */
export const repeatsByFeature: Report = {
  label: "Repeats by feature",
  question: "Who repeats itself?",
  dimensions: ["feature"],
  groupable: [],
  measures: [],
  selectable: [],
  options: ["repeat_minutes"],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const plain = { ...query, compare: null, bucket: null, groupBy: [], sort: null };
    const [{ features, all }, result] = await Promise.all([
      sumRepeats(scope, query),
      buildReport(scope, "repeats-by-feature", plain, ["calls"], asOf),
    ]);
    const rows = features.map((one): Row => ({ feature: one.feature, ...toCells(one) }));
    return {
      ...result,
      columns: COLUMNS,
      rows: rows.slice(0, query.limit),
      rowCount: rows.length,
      totals: toCells(all),
    };
  },
};
