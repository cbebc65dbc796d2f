import Link from "next/link";
import { BarList, type BarListRow } from "@/components/charts/bar-list";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatUsd } from "@/lib/format";
import { formatPeriod, toPeriodParams } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { Dimension, Row } from "@/lib/reports/schema";
import { drillHref, exportMenu, there, type View } from "../view";
import { sumOf, valueLabel } from "./stack";
import { exactOf, lastWeek } from "./summarize";

const ROWS = 6;

export type TopMoversProps = {
  scope: Scope;
  view: View;
  span?: 4 | 5 | 6;
  /** What to look at, in one list; by default features and tenants. */
  dimensions?: readonly Dimension[];
  rows?: number;
  title?: string;
};

/**
 * What moved the spend most in the last seven days of the period against the seven before (Recipe 2), up and down. What
 * had no spend before is "new". A row leads to its entity.
 */
export function TopMovers(props: TopMoversProps) {
  const { view, span = 4, dimensions, title = "Top movers" } = props;
  const { period } = lastWeek(view);
  const week = { period: null, compare: null, ...toPeriodParams(period), group: dimensions ?? null };
  return (
    <Panel
      title={title}
      question="Last 7 days against the 7 before"
      span={span}
      height={290}
      menu={exportMenu(view, "top-movers", week)}
    >
      <Movers {...props} />
    </Panel>
  );
}

async function Movers({ scope, view, dimensions = ["feature", "tenant"], rows: limit = ROWS }: TopMoversProps) {
  const { period, compare } = lastWeek(view);
  const query = { ...view.query, period, compare, groupBy: dimensions, bucket: null, sort: null, limit };
  const { rows } = await runReport(scope, "top-movers", query);
  const moved = rows.filter((row) => sumOf(row, "difference") !== 0n);
  if (moved.length === 0) {
    return (
      <Empty title="Nothing moved">
        No spend changed between {formatPeriod(compare, view.now)} and the week after.
      </Empty>
    );
  }
  const by = dimensions.find((dimension) => dimension !== "tenant");
  const all = there(view, "/movers", {
    period: null,
    compare: null,
    ...toPeriodParams(period),
    by: dimensions.includes("tenant") ? null : (by ?? null),
  });
  return (
    <>
      <PanelBody className="pt-1">
        <BarList label="Top movers" rows={moved.map((row) => toBar(row, view, dimensions.length > 1))} />
      </PanelBody>
      <PanelFoot link={<Link href={all}>All movers</Link>}>Up to the right, down to the left</PanelFoot>
    </>
  );
}

function toBar(row: Row, view: View, isMixed: boolean): BarListRow {
  const dimension = String(row.dimension) as Dimension;
  const name = String(row.name);
  const difference = sumOf(row, "difference");
  return {
    key: `${dimension} ${name}`,
    name: valueLabel(dimension, name),
    note: isMixed ? dimension : undefined,
    size: Number(difference) / 1e12,
    value: formatUsd(difference, { places: 2, signed: true }),
    change: formatChange(sumOf(row, "cost"), exactOf(row, "compare_cost")),
    tone: "difference",
    href: drillHref(view, dimension, name),
  };
}
