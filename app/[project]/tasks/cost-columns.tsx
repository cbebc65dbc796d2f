import type { DataColumn, DataRow, Sort } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { formatCount, formatPercent, formatUsd } from "@/lib/format";
import type { TaskGroup } from "@/lib/reports/task-report";
import { divide, pricedOf, type TaskFigures } from "@/lib/tasks/figures";
import { NameCell } from "../panels/name-cell";
import { here, type View } from "../view";
import type { Cut } from "./read-tasks";

export const COLUMNS = (by: Cut, times: number): readonly DataColumn[] => [
  { key: "name", label: by === "feature" ? "Feature" : "Deploy", align: "left" },
  { key: "cost", label: "Cost", sortKey: "cost", width: 130, onPhone: false },
  { key: "tasks", label: "Tasks", sortKey: "tasks", onPhone: false },
  { key: "rate", label: "Success", sortKey: "rate" },
  { key: "per_success", label: "Cost/success", sortKey: "per_success" },
  { key: "of_failures", label: "Failures in it", isMuted: true, onPhone: false },
  { key: "failures", label: "Cost of failures", sortKey: "failures", onPhone: false },
  { key: "untold", label: "Not told", sortKey: "untold", onPhone: false },
  { key: "untold_cost", label: "Cost, not told", isMuted: true, onPhone: false },
  { key: "median", label: "Turns, median", sortKey: "median", onPhone: false },
  { key: "p95", label: "p95", isMuted: true, onPhone: false },
  { key: "grown", label: `Grew ×${times}`, sortKey: "grown", onPhone: false },
];

/** What each column sorts by. */
const ORDER: Readonly<Record<string, (figures: TaskFigures) => number>> = {
  cost: ({ cost }) => Number(cost),
  tasks: ({ tasks }) => Number(tasks),
  rate: ({ successRate }) => successRate ?? -1,
  per_success: ({ costPerSuccess }) => Number(costPerSuccess ?? -1n),
  failures: ({ byEnding }) => Number(byEnding.failure.cost),
  untold: ({ byEnding }) => Number(byEnding.untold.tasks),
  median: ({ medianTurns }) => medianTurns ?? -1,
  grown: (figures) => Number(figures.grown) / Number(figures.tasks),
};

/** The order that the address asks for; by cost, the dearest first, without one. */
export function readOrder(view: View): Sort {
  const text = view.params.get("order") ?? "";
  const key = text.replace(/^-/, "");
  return Object.hasOwn(ORDER, key) ? { key, dir: text.startsWith("-") ? "desc" : "asc" } : { key: "cost", dir: "desc" };
}

export function sortGroups(groups: readonly TaskGroup[], { key, dir }: Sort): readonly TaskGroup[] {
  const value = ORDER[key] ?? (() => 0);
  return [...groups].sort((a, b) => (dir === "desc" ? -1 : 1) * (value(a.figures) - value(b.figures)));
}

export type Look = Readonly<{ view: View; by: Cut /** Cost of the dearest row: its bar is full. */; largest: bigint }>;

/** One feature or deploy; leads to its tasks alone. */
export function toGroupRow({ names, figures }: TaskGroup, { view, by, largest }: Look): DataRow {
  const name = names[by] ?? "";
  return {
    key: name,
    href: here(view, { [`filter.${by}`]: name }),
    excludeHref: here(view, { [`not.${by}`]: [...view.params.getAll(`not.${by}`), name] }),
    cells: { name: <NameCell dimension={by} name={name} colors={null} />, ...figureCells(figures, largest) },
  };
}

/** Four places, so that a column can be compared; of less than a hundredth of a cent, two digits. */
function perTask(picos: bigint | null) {
  if (picos === null) return <Muted>none</Muted>;
  return formatUsd(picos, picos > 0n && picos < 100_000_000n ? {} : { places: 4 });
}

/** @param largest null for the others and the total, whose bars would be cut. */
export function figureCells(figures: TaskFigures, largest: bigint | null) {
  const { success, failure, untold } = figures.byEnding;
  const none = <Muted>none</Muted>;
  const share = largest === null || largest === 0n ? undefined : Number(figures.cost) / Number(largest);
  return {
    cost:
      largest === null ? (
        formatUsd(figures.cost, { places: 2 })
      ) : (
        <MoneyCell picos={figures.cost} places={2} share={share} />
      ),
    tasks: formatCount(figures.tasks),
    rate: figures.successRate === null ? none : formatPercent(figures.successRate),
    per_success:
      figures.costPerSuccess === null ? (
        none
      ) : (
        <span className={largest === null ? undefined : "font-medium"}>{perTask(figures.costPerSuccess)}</span>
      ),
    of_failures: perTask(divide(failure.cost, pricedOf(success))),
    failures: formatUsd(failure.cost, { places: 2 }),
    untold: untold.tasks === 0n ? none : formatCount(untold.tasks),
    untold_cost: formatUsd(untold.cost, { places: 2 }),
    median: figures.medianTurns === null ? none : formatCount(figures.medianTurns),
    p95: figures.p95Turns === null ? none : formatCount(figures.p95Turns),
    grown: figures.grown === 0n ? none : formatPercent(Number(figures.grown) / Number(figures.tasks)),
  };
}
