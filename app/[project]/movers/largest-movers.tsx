import Link from "next/link";
import { BarList } from "@/components/charts/bar-list";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelBody, PanelCount, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatCount, formatPercent, formatUsd, GONE } from "@/lib/format";
import { DIMENSION_CATALOGUE } from "@/lib/reports/catalogue";
import type { Row } from "@/lib/reports/schema";
import { NoCalls } from "../panels/no-calls";
import { sumOf, valueLabel } from "../panels/stack";
import { drillHref, exportMenu, there, type View } from "../view";
import { isReplacement } from "./mover-cells";
import { groupingOf, readDifferences, readMovers } from "./read-movers";

type Props = { scope: Scope; view: View };

const ROWS = 8;

const size = (row: Row) => {
  const difference = sumOf(row, "difference");
  return difference < 0n ? -difference : difference;
};

/** The few that moved the spend most, up to the right and down to the left, however the table is sorted. */
export function LargestMovers({ scope, view }: Props) {
  return (
    <Panel
      title="Largest movers"
      question="What each explains of the change"
      span={7}
      height={300}
      menu={exportMenu(view, "movers", { group: groupingOf(view) })}
      right={<Count scope={scope} view={view} />}
    >
      <Bars scope={scope} view={view} />
    </Panel>
  );
}

async function readMoved(scope: Scope, view: View): Promise<readonly Row[]> {
  const { rows } = await readMovers(scope, view);
  return rows
    .filter((row) => size(row) > 0n)
    .sort((a, b) => Number(size(b) - size(a)) || (String(a[groupingOf(view)]) < String(b[groupingOf(view)]) ? -1 : 1));
}

async function Count({ scope, view }: Props) {
  const moved = await readMoved(scope, view).catch(() => []);
  if (moved.length === 0) return null;
  return <PanelCount>{`top ${Math.min(ROWS, moved.length)} of ${formatCount(moved.length)} that moved`}</PanelCount>;
}

async function Bars({ scope, view }: Props) {
  const grouping = groupingOf(view);
  const moved = await readMoved(scope, view);
  if (moved.length === 0 && (await readMovers(scope, view)).rows.length === 0) return <NoCalls view={view} />;
  if (moved.length === 0) {
    return <Empty title="Nothing moved">Every {grouping} spent as much as before, to the picodollar.</Empty>;
  }
  const top = moved.slice(0, ROWS);
  const { places, of } = await readDifferences(scope, view);
  const sum = (rows: readonly Row[]) => rows.reduce((all, row) => all + size(row), 0n);
  return (
    <>
      <PanelBody className="pt-1">
        <BarList
          label="Largest movers"
          rows={top.map((row) => ({
            key: String(row[grouping]),
            name: valueLabel(grouping, String(row[grouping])),
            size: Number(sumOf(row, "difference")) / 1e12,
            value: formatUsd(of.get(row) ?? 0n, { places, signed: true }),
            change: row.movement === "gone" ? GONE : formatChange(sumOf(row, "cost"), sumOf(row, "compare_cost")),
            tone: isReplacement(row, grouping) ? "volume" : "difference",
            href: drillHref(view, grouping, String(row[grouping])),
          }))}
        />
      </PanelBody>
      <PanelFoot link={grouping === "deploy" && <Link href={there(view, "/deploys")}>Deploys</Link>}>
        {grouping === "deploy" && "One deploy replaces another: what is new and what is gone belong together. "}
        {top.length === moved.length
          ? `All ${DIMENSION_CATALOGUE[grouping].plural} that moved`
          : `${formatPercent(Number(sum(top)) / Number(sum(moved)))} of all movement, up and down together`}
      </PanelFoot>
    </>
  );
}
