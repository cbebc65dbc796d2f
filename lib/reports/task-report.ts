import type { Scope } from "@/lib/auth/scope";
import { type Ending, figuresOf, TASK_DIMENSIONS, type TaskDimension, type TaskFigures } from "@/lib/tasks/figures";
import { type CutCell, readTasks } from "@/lib/tasks/read-tasks";
import { buildReport } from "./builder";
import { DIMENSION_CATALOGUE } from "./catalogue";
import type { Report } from "./report";
import { type Column, optionOf, type ReportQuery, type ReportResult, type Row } from "./schema";

/** How many of the dearest sessions or tasks one answer lists at most: each is looked at one by one. */
export const MAX_DEAREST = 10_000;

export const isTaskDimension = (name: string): name is TaskDimension => TASK_DIMENSIONS.some((one) => one === name);

/** Tasks of a group, or of one ending of it. */
export type TaskGroup = Readonly<{ names: Readonly<Record<string, string | null>>; figures: TaskFigures }>;

/** The figures of each group of a cut, dearest first. */
export function groupTasks(cells: readonly CutCell[], by: readonly (TaskDimension | "ending")[]): readonly TaskGroup[] {
  const groups = new Map<string, CutCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify(by.map((name) => cell[name]));
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()]
    .map((group) => ({
      names: Object.fromEntries(by.map((name) => [name, group[0]?.[name] ?? null])),
      figures: figuresOf(group),
    }))
    .sort((a, b) => compare(b.figures.cost, a.figures.cost) || compare(nameOf(a), nameOf(b)));
}

const nameOf = ({ names }: TaskGroup) => JSON.stringify(names);
const compare = <T extends bigint | string>(a: T, b: T) => (a < b ? -1 : Number(a > b));

/** The dimensions as columns, in their order. */
export function dimensionColumns(names: readonly string[]): readonly Column[] {
  return names
    .filter(isTaskDimension)
    .map((name): Column => ({ key: name, label: DIMENSION_CATALOGUE[name].label, unit: "text" }));
}

/** What every report over the calls of a period says beside its rows. */
export async function frameOf(
  scope: Scope,
  name: string,
  query: ReportQuery,
  asOf: Date,
): Promise<Omit<ReportResult, "columns" | "rows" | "rowCount" | "totals">> {
  const bare = { ...query, compare: null, bucket: null, groupBy: [], measures: [], sort: null, limit: 1 };
  const { period, coverage } = await buildReport(scope, name, bare, ["cost"], asOf);
  return { report: name, period, compare: null, bucket: null, asOf, coverage };
}

type TaskReport = Readonly<{
  label: string;
  question: string;
  columns: readonly Column[];
  row: (figures: TaskFigures) => Row;
  /** Cut by how tasks ended, too. */
  byEnding?: boolean;
}>;

/** A report over tasks, one row a group; its columns are fixed, the totals are of all tasks. */
export function taskReport(name: string, { label, question, columns, row, byEnding = false }: TaskReport): Report {
  return {
    label,
    question,
    dimensions: byEnding ? ["outcome"] : [],
    groupable: TASK_DIMENSIONS,
    measures: [],
    selectable: [],
    options: ["growth_times"],
    slicedBy: () => null,
    run: async (scope, query, asOf) => {
      const cut = query.groupBy.filter(isTaskDimension);
      const [{ cuts }, frame] = await Promise.all([
        readTasks(scope, { ...query, cuts: [cut], top: 0, growthTimes: optionOf(query, "growth_times") }),
        frameOf(scope, name, query, asOf),
      ]);
      const cells = cuts[0] ?? [];
      const groups = groupTasks(cells, byEnding ? [...cut, "ending"] : cut).map(
        ({ names, figures }): Row => ({ ...named(names), ...row(figures) }),
      );
      return {
        ...frame,
        columns: [
          ...dimensionColumns(cut),
          ...(byEnding ? [{ key: "outcome", label: "Outcome", unit: "text" } as const] : []),
          ...columns,
        ],
        rows: groups.slice(0, query.limit),
        rowCount: groups.length,
        totals: row(figuresOf(cells)),
      };
    },
  };
}

/** `ending` is how code calls an outcome that may be untold; outside it is `outcome`. */
function named({ ending, ...names }: Readonly<Record<string, string | null>>): Row {
  return ending === undefined ? names : { ...names, outcome: ending as Ending };
}
