import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { type CsvRow, csvResponse } from "@/lib/csv";
import { HttpProblem, json } from "@/lib/http";
import type { FieldError } from "@/lib/period";
import { countDroppedCalls } from "./dropped-calls";
import { exportReport } from "./export-report";
import { toCsvColumns, toCsvRow, toJson } from "./present";
import { parseReportQuery } from "./query";
import { checkQuery, isReportName, REPORTS, runReport } from "./registry";
import type { Column, Row } from "./schema";

function unusable(errors: readonly FieldError[]): HttpProblem {
  const detail = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
  return new HttpProblem(400, "Unusable parameters", `${detail}.`, { errors });
}

async function* toCsvRows(
  batches: AsyncIterable<readonly Row[]>,
  columns: readonly Column[],
): AsyncGenerator<CsvRow[]> {
  for await (const rows of batches) yield rows.map((row) => toCsvRow(row, columns));
}

/**
 * Answers a request for a report as JSON or, with `format=csv`, as a streamed CSV file: the same figures for API and pages.
 * CSV holds every row unless `limit` is given.
 * @param strict refuse parameters that reports do not have.
 * @throws HttpProblem 404 for an unknown report, 400 naming every parameter that cannot be used.
 */
export async function answerReport(
  scope: Scope,
  name: string,
  params: URLSearchParams,
  asOf: Date,
  strict: boolean,
): Promise<Response> {
  if (!isReportName(name)) {
    const known = Object.keys(REPORTS).join(", ");
    throw new HttpProblem(404, "No such report", `There is no report of that name. There are: ${known}.`);
  }
  const format = params.get("format") || "json";
  if (format !== "json" && format !== "csv") throw unusable([{ path: "format", message: "must be json or csv" }]);
  const parsed = parseReportQuery(params, asOf, strict);
  const errors = parsed.ok ? checkQuery(name, parsed.query, strict) : parsed.errors;
  if (!parsed.ok || errors.length > 0) throw unusable(errors);
  if (format === "json") {
    const { query } = parsed;
    const result = await runReport(scope, name, query, asOf);
    return json(toJson(result, await countDroppedCalls(scope, result.period, query.filters)));
  }
  const limit = params.get("limit") ? parsed.query.limit : null;
  const { columns, batches } = await exportReport(scope, name, parsed.query, limit, asOf);
  return csvResponse(`${name}.csv`, toCsvColumns(columns), toCsvRows(batches, columns));
}
