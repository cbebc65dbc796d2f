import type { Prisma } from "@/prisma/client/client";
import { buildReport } from "./builder";
import { DIMENSION_CATALOGUE } from "./catalogue";
import { largestGroups } from "./largest-groups";
import { type PercentileGroup, type Percentiles, readPercentiles } from "./percentiles";
import type { Report } from "./report";
import { ROW_DIMENSIONS, type RowDimension } from "./row-dimensions";
import type { Cell, Column, ReportQuery, Row, Unit } from "./schema";

/** What is measured: the stem of its columns, how it is called, its unit, and what it is of a row of llm_call. */
export type Measured = Readonly<{
  key: string;
  label: string;
  unit: Unit;
  sql: Prisma.Sql;
  /** The mean of the same calls beside the percentiles. */
  hasMean?: boolean;
}>;

export type PercentileReport = Readonly<{
  name: string;
  label: string;
  question: string;
  /** What rows are cut by unless `group_by` says otherwise. */
  by: RowDimension;
  /** The first decides the order of the rows. */
  measured: readonly [Measured, ...Measured[]];
  /** Which calls of the query are measured. */
  where: (query: ReportQuery) => Prisma.Sql;
}>;

const PERCENTILES = ["p50", "p95", "p99"] as const;

const figuresOf = ({ hasMean }: Measured) => (hasMean ? ([...PERCENTILES, "mean"] as const) : PERCENTILES);

/** How many calls were measured, then the median, the 95th, the 99th and, where it is asked for, the mean. */
function columnsOf(measured: Measured): readonly Column[] {
  const { key, label, unit } = measured;
  const count: Column = {
    key: `${key}_calls`,
    label: `Calls with ${label.toLowerCase()}`,
    unit: "calls",
    missing: "zero",
  };
  return [
    count,
    ...figuresOf(measured).map((p): Column => ({ key: `${key}_${p}`, label: `${label} ${p}`, unit, missing: "gap" })),
  ];
}

/** The cells of percentiles; null where nothing was measured. */
function cellsOf(of: Readonly<Record<string, Percentiles>>, measured: readonly Measured[]): Row {
  const cells = measured.flatMap((one): [string, Cell][] => [
    [`${one.key}_calls`, of[one.key]?.n ?? 0n],
    ...figuresOf(one).map((p): [string, Cell] => [`${one.key}_${p}`, of[one.key]?.[p] ?? null]),
  ]);
  return Object.fromEntries(cells);
}

const time = ({ names }: PercentileGroup) => (names.bucket instanceof Date ? names.bucket.getTime() : 0);

/** Groups in time, then those with the most measured calls first, then by name. */
function inOrder(groups: readonly PercentileGroup[], key: string): readonly PercentileGroup[] {
  const count = ({ of }: PercentileGroup) => Number(of[key]?.n ?? 0n);
  const name = ({ names }: PercentileGroup) => JSON.stringify(names);
  return [...groups].sort(
    (a, b) => time(a) - time(b) || count(b) - count(a) || (name(a) < name(b) ? -1 : Number(name(a) > name(b))),
  );
}

/** A report of percentiles from the calls themselves; a comparison it has none. `limit` counts groups, never buckets. */
export function percentileReport({ name, label, question, by, measured, where }: PercentileReport): Report {
  return {
    label,
    question,
    dimensions: [],
    groupable: ROW_DIMENSIONS,
    measures: [],
    selectable: [],
    hasSeries: true,
    slicedBy: () => null,
    run: async (scope, query, asOf) => {
      const asked = ROW_DIMENSIONS.filter((dimension) => query.groupBy.includes(dimension));
      const dimensions = asked.length > 0 ? asked : [by];
      const { bucket } = query;
      const whole = { ...query, compare: null, bucket: null, groupBy: [], sort: null };
      const values = Object.fromEntries(measured.map(({ key, sql }) => [key, sql]));
      const [found, frame] = await Promise.all([
        readPercentiles(scope, query, { dimensions, bucket, values, where: where(query) }),
        buildReport(scope, name, whole, ["calls"], asOf),
      ]);
      const groups = inOrder(found.groups, measured[0].key);
      const rows = groups.map((group): Row => ({ ...group.names, ...cellsOf(group.of, measured) }));
      const count = ({ [`${measured[0].key}_calls`]: n }: Row) => (typeof n === "bigint" ? n : 0n);
      // Percentiles of several groups are none of theirs: what a series leaves out cannot be added up.
      const { groups: all, isKept } = largestGroups(rows, dimensions, count, query.limit);
      const times: readonly Column[] = bucket ? [{ key: "bucket", label: bucket, unit: "time" }] : [];
      const names = dimensions.map((key): Column => ({ key, label: DIMENSION_CATALOGUE[key].label, unit: "text" }));
      return {
        ...frame,
        bucket,
        columns: [...times, ...names, ...measured.flatMap(columnsOf)],
        rows: rows.filter(isKept),
        rowCount: all,
        totals: cellsOf(found.total, measured),
      };
    },
  };
}
