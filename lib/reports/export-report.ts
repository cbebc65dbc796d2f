import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { type Bucket, listBuckets, type Period } from "@/lib/period";
import { REPORTS, type ReportName, runReport } from "./registry";
import { EVERY_ROW, type ReportQuery, type ReportResult, type Row } from "./schema";

const BATCH = 1000;
/** How many buckets of a series one statement reads: little enough to hold, whatever the number of groups. */
const SLICE: Readonly<Record<Bucket, number>> = { hour: 24, day: 7, week: 4, month: 1 };

/** The same question asked of one piece of the period after the other; the comparison is cut at the same places. */
function slicesOf(query: ReportQuery, bucket: Bucket): readonly ReportQuery[] {
  const { period, compare } = query;
  const cuts = listBuckets(period, bucket).filter((_, i) => i > 0 && i % SLICE[bucket] === 0);
  const edges = [period.from, ...cuts, period.to].map((edge) => edge.getTime());
  const shift = compare ? period.from.getTime() - compare.from.getTime() : 0;
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? from;
    const isLast = i === edges.length - 2;
    const piece = (start: number, end: number): Period => ({
      from: new Date(start),
      to: new Date(Math.max(start, end)),
    });
    // A comparison longer than its period, as a month can be, ends in the last piece.
    const before =
      compare && piece(from - shift, isLast ? compare.to.getTime() : Math.min(to - shift, compare.to.getTime()));
    return { ...query, bucket, period: piece(from, to), compare: before };
  });
}

async function* batchesOf(
  first: ReportResult,
  rest: () => AsyncIterable<ReportResult>,
): AsyncGenerator<readonly Row[]> {
  for (let i = 0; i < first.rows.length; i += BATCH) yield first.rows.slice(i, i + BATCH);
  for await (const { rows } of rest()) yield rows;
}

/**
 * Every row of a report in batches, the next read when it is asked for. The first part is read at once, so that an error
 * comes before the first byte.
 * @param limit null for all of them; a limit means what it means on the page.
 */
export async function exportReport(
  scope: Scope,
  name: ReportName,
  query: ReportQuery,
  limit: number | null,
  asOf: Date,
): Promise<Readonly<{ columns: ReportResult["columns"]; batches: AsyncIterable<readonly Row[]> }>> {
  const asked = { ...query, limit: limit ?? EVERY_ROW };
  const bucket = REPORTS[name].slicedBy(query);
  const [head = asked, ...tail] = bucket && limit === null ? slicesOf(asked, bucket) : [asked];
  const first = await runReport(scope, name, head, asOf);
  const rest = async function* () {
    for (const slice of tail) yield await runReport(scope, name, slice, asOf);
  };
  return { columns: first.columns, batches: batchesOf(first, rest) };
}
