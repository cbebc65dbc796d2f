import { Prisma } from "@/prisma/client/client";
import { MEASURE_CATALOGUE, MEASURES, type MeasureKey } from "./catalogue";
import { DIMENSIONS, type Dimension, type ReportQuery } from "./schema";
import type { Sum } from "./sums";

/** A sort key that is no column: the size of the change in spend, in either direction. */
export const MOVEMENT = "movement";

/** Sums of the period, of the comparison, and the group columns (`d_tenant`…), as the builder names them. */
export const current = (name: Sum): Prisma.Sql => Prisma.raw(`now_${name}`);
export const before = (name: Sum): Prisma.Sql => Prisma.raw(`then_${name}`);
export const group = (dimension: Dimension): Prisma.Sql => Prisma.raw(`d_${dimension}`);

/** Columns of reports that have a statement of their own, by which those can be sorted. */
const OWN_KEYS: readonly string[] = [
  ..."repeats wasted status retry_cost retry_cost_share failed ended".split(" "),
  ..."outcome tasks cost_per_task".split(" "),
];

type SortKey =
  | Readonly<{ kind: "bucket" }>
  | Readonly<{ kind: "own" }>
  | Readonly<{ kind: "dimension"; dimension: Dimension }>
  | Readonly<{ kind: "measure"; measure: MeasureKey; of: "now" | "compare" | "change" | "movement" }>;

/** Reads a sort key: a dimension, `bucket`, a measure, `compare_<measure>` or `change_<measure>`. Null when it is none. */
export function parseSortKey(key: string): SortKey | null {
  if (key === "bucket") return { kind: "bucket" };
  if (OWN_KEYS.includes(key)) return { kind: "own" };
  if (key === MOVEMENT) return { kind: "measure", measure: "cost", of: "movement" };
  const dimension = DIMENSIONS.find((name) => name === key);
  if (dimension) return { kind: "dimension", dimension };
  for (const side of ["now", "compare", "change"] as const) {
    const measure = MEASURES.find((name) => (side === "now" ? name : `${side}_${name}`) === key);
    // A moment has no share by which it changed.
    if (measure && (side !== "change" || MEASURE_CATALOGUE[measure].cell !== "time"))
      return { kind: "measure", measure, of: side };
  }
  return null;
}

/** The measure that decides the order, if one does. */
export function sortMeasure(query: ReportQuery): MeasureKey | null {
  const key = query.sort && parseSortKey(query.sort.key);
  return key?.kind === "measure" ? key.measure : null;
}

function sortExpression(key: Exclude<SortKey, { kind: "own" }>): Prisma.Sql {
  if (key.kind === "bucket") return Prisma.raw("d_bucket");
  if (key.kind === "dimension") return Prisma.sql`${group(key.dimension)} COLLATE "C"`;
  const { sql } = MEASURE_CATALOGUE[key.measure];
  switch (key.of) {
    case "now":
      return sql(current);
    case "compare":
      return sql(before);
    case "change":
      return Prisma.sql`(${sql(current)} - ${sql(before)})::numeric / nullif(abs(${sql(before)}), 0)`;
    case "movement":
      return Prisma.sql`abs(${sql(current)} - coalesce(${sql(before)}, 0))`;
  }
}

/** A query may name a column that this report does not have: then its own order stands. */
function isPresent(key: SortKey, query: ReportQuery): key is Exclude<SortKey, { kind: "own" }> {
  if (key.kind === "own") return false;
  if (key.kind === "bucket") return query.bucket !== null;
  return key.kind === "measure" || query.groupBy.includes(key.dimension);
}

const direction = (dir: "asc" | "desc") => Prisma.raw(dir === "asc" ? "ASC NULLS LAST" : "DESC NULLS LAST");

/** ORDER BY terms: the buckets of a series in time, then the asked order, then the names, so that no two runs differ. */
export function orderTerms(query: ReportQuery, level: "rows" | "groups"): readonly Prisma.Sql[] {
  const key = query.sort && parseSortKey(query.sort.key);
  const terms: Prisma.Sql[] = [];
  const inTime = level === "rows" && query.bucket !== null;
  if (inTime && key?.kind !== "bucket") terms.push(Prisma.sql`d_bucket ASC`);
  // Which groups a series keeps is a question of size, however its rows are sorted.
  if (level === "groups" && key?.kind !== "measure") terms.push(Prisma.sql`${current("cost_usd_picos")} DESC`);
  else if (key && query.sort && isPresent(key, query)) {
    terms.push(Prisma.sql`${sortExpression(key)} ${direction(query.sort.dir)}`);
  }
  return [...terms, ...query.groupBy.map((dimension) => Prisma.sql`${group(dimension)} COLLATE "C" ASC NULLS LAST`)];
}
