"use server";

import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { parseReportQuery } from "@/lib/reports/query";
import { runReport } from "@/lib/reports/registry";
import { DIMENSIONS, type Dimension } from "@/lib/reports/schema";

/** The values of a dimension in the last 90 days, dearest first, at most 500: for the filter lists. */
export async function loadValues(project: string, dimension: Dimension): Promise<readonly string[]> {
  const { scope } = await requireProject(project);
  // A server action is a public endpoint: what arrives need not be of its type.
  if (!DIMENSIONS.includes(dimension)) throw new RangeError(`dimension must be one of ${DIMENSIONS.join(", ")}`);
  const parsed = parseReportQuery(new URLSearchParams({ period: "90d", compare: "none", limit: "500" }), now());
  if (!parsed.ok) throw new Error("the last 90 days are a query");
  const query = { ...parsed.query, groupBy: [dimension], measures: ["cost"] };
  const { rows } = await runReport(scope, "usage-summary", query);
  return rows.flatMap((row) => (typeof row[dimension] === "string" ? [row[dimension]] : []));
}
