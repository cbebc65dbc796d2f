import { comparePeriod } from "@/lib/period";
import { buildReport } from "./builder";
import type { Report } from "./report";
import { type Cell, DIMENSIONS, type Dimension, type Row } from "./schema";
import { MOVEMENT } from "./sort";
import { changeShare } from "./tenants-week-over-week";

const picos = (cell: Cell | undefined) => (typeof cell === "bigint" ? cell : 0n);
const size = (value: bigint) => (value < 0n ? -value : value);

function toMove(row: Row): Row & { difference: bigint } {
  return {
    cost: row.cost ?? null,
    compare_cost: row.compare_cost ?? null,
    difference: picos(row.cost) - picos(row.compare_cost),
    change_cost: changeShare(row.cost, row.compare_cost),
  };
}

/**
 * What moved the spend most, up or down, against the comparison (the period before unless another was asked for):
 * features and tenants, or the dimensions of `group_by`, in one list. Each dimension alone adds up to the totals.
 */
export const topMovers: Report = {
  label: "Top movers",
  question: "What moved the spend most?",
  dimensions: ["dimension", "name"],
  groupable: DIMENSIONS,
  measures: ["cost"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const dimensions: readonly Dimension[] = query.groupBy.length > 0 ? query.groupBy : ["feature", "tenant"];
    const compare = query.compare ?? comparePeriod(query.period, "previous", asOf);
    const asked = { ...query, compare, bucket: null, sort: { key: MOVEMENT, dir: "desc" } as const };
    const results = await Promise.all(
      dimensions.map((dimension) =>
        buildReport(scope, "top-movers", { ...asked, groupBy: [dimension] }, ["cost"], asOf),
      ),
    );
    const [first] = results;
    if (!first) throw new RangeError("top-movers needs a dimension");
    const rows = results.flatMap((result, i) => {
      const dimension = dimensions[i] as Dimension;
      return result.rows.map((row) => ({ dimension, name: row[dimension] ?? null, ...toMove(row) }));
    });
    rows.sort((a, b) => Number(size(b.difference) - size(a.difference)) || (String(a.name) < String(b.name) ? -1 : 1));
    return {
      ...first,
      columns: [
        { key: "dimension", label: "Kind", unit: "text" },
        { key: "name", label: "Name", unit: "text" },
        ...first.columns.filter(({ unit }) => unit === "usd_picos"),
        { key: "difference", label: "Difference", unit: "usd_picos", missing: "zero" },
        { key: "change_cost", label: "Change in spend", unit: "ratio", missing: "gap" },
      ],
      rows: rows.slice(0, query.limit),
      rowCount: results.reduce((sum, { rowCount }) => sum + rowCount, 0),
      totals: toMove(first.totals),
    };
  },
};
