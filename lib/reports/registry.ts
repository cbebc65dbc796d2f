import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import type { FieldError } from "@/lib/period";
import { attemptsPerOperation } from "./attempts-per-operation";
import { cacheLifetimeAdvice } from "./cache-lifetime-advice";
import { promptsUnderCacheMinimum } from "./cache-minimum";
import { cacheSavings } from "./cache-savings";
import { costChange, deployComparison } from "./change-report";
import { costByOutcome } from "./cost-by-outcome";
import { costByTokenKind } from "./cost-by-token-kind";
import { costPerSuccessfulTask } from "./cost-per-successful-task";
import { dearestSessions } from "./dearest-sessions";
import { dearestTasks } from "./dearest-tasks";
import { deploySteps } from "./deploy-steps";
import { deploys } from "./deploys";
import { errorRates } from "./error-rates";
import { errorStatuses } from "./error-statuses";
import { hotPrompts } from "./hot-prompts";
import { inputPercentiles } from "./input-percentiles";
import { latencyPercentiles } from "./latency-percentiles";
import { movers } from "./movers";
import { outputOfMaxTokens } from "./output-of-max-tokens";
import { costByAttempt } from "./prompt-attempts";
import { repeatsByFeature } from "./prompt-repeats";
import { retryStorms } from "./prompt-storm-report";
import { type Report, standardReport } from "./report";
import { retryCost } from "./retry-cost";
import type { ReportQuery, ReportResult } from "./schema";
import { parseSortKey } from "./sort";
import { sortedReport } from "./sorted-report";
import { STANDARD_REPORTS } from "./standard-reports";
import { tenantsWeekOverWeek } from "./tenants-week-over-week";
import { topMovers } from "./top-movers";
import { turnsPerTask } from "./turns-per-task";
import { unreadCacheWrites } from "./unread-cache-writes";
import { unstablePrefixes } from "./unstable-prefixes";

const standard = Object.fromEntries(
  Object.entries(STANDARD_REPORTS).map(([name, report]) => [name, standardReport(name, report)]),
) as Readonly<Record<keyof typeof STANDARD_REPORTS, Report>>;

/** Every report by its name: a noun phrase, the same string in code, URL, CSV file and test title. */
export const REPORTS = {
  ...standard,
  "cost-by-token-kind": sortedReport([], costByTokenKind),
  "tenants-week-over-week": tenantsWeekOverWeek,
  "top-movers": sortedReport([], topMovers),
  movers,
  "error-rates": sortedReport([], errorRates),
  "error-statuses": sortedReport(["status", "calls", "retries", "cost", "unpriced_calls"], errorStatuses),
  "retry-cost": sortedReport(["retry_cost", "retries", "cost", "calls", "retry_cost_share", "retry_share"], retryCost),
  "attempts-per-operation": sortedReport(["calls", "failed", "ended", "cost"], attemptsPerOperation),
  "latency-percentiles": sortedReport([], latencyPercentiles),
  "input-percentiles": sortedReport([], inputPercentiles),
  "output-of-max-tokens": sortedReport([], outputOfMaxTokens),
  deploys,
  "deploy-comparison": sortedReport([], deployComparison),
  "deploy-steps": sortedReport([], deploySteps),
  "cost-change": sortedReport([], costChange),
  "hot-prompts": hotPrompts,
  "repeats-by-feature": sortedReport(["feature", "repeats", "wasted"], repeatsByFeature),
  "retry-storms": sortedReport([], retryStorms),
  "cost-by-attempt": sortedReport(["calls", "cost", "unpriced_calls"], costByAttempt),
  "cache-savings": cacheSavings,
  "unread-cache-writes": unreadCacheWrites,
  "cache-lifetime-advice": cacheLifetimeAdvice,
  "unstable-prefixes": unstablePrefixes,
  "prompts-under-cache-minimum": promptsUnderCacheMinimum,
  "dearest-sessions": sortedReport([], dearestSessions),
  "dearest-tasks": sortedReport([], dearestTasks),
  "cost-per-successful-task": sortedReport([], costPerSuccessfulTask),
  "cost-by-outcome": sortedReport(["outcome", "tasks", "cost", "cost_per_task", "calls"], costByOutcome),
  "turns-per-task": sortedReport([], turnsPerTask),
} as const satisfies Readonly<Record<string, Report>>;
export type ReportName = keyof typeof REPORTS;

export function isReportName(name: string): name is ReportName {
  return Object.hasOwn(REPORTS, name);
}

/**
 * What the query asks that this report cannot answer, by parameter; empty when it can.
 * @param strict refuse a bucket and a window where there is no series and no deploy, too: pages carry them from one to the next.
 */
export function checkQuery(name: ReportName, query: ReportQuery, strict = false): readonly FieldError[] {
  const report: Report = REPORTS[name];
  const errors: FieldError[] = [];
  const fail = (path: string, message: string) => errors.push({ path, message });
  const listed = (names: readonly string[]) => (names.length > 0 ? `: ${names.join(", ")}` : "");

  if (query.groupBy.some((one) => !report.groupable.includes(one) && !report.dimensions.includes(one))) {
    fail("group_by", `${name} can be grouped by nothing else${listed(report.groupable)}`);
  }
  if (query.measures.some((one) => !report.selectable.some((known) => known === one))) {
    fail("measures", `the columns of ${name} are fixed`);
  }
  const sort = query.sort && parseSortKey(query.sort.key);
  const dimensions = [...report.dimensions, ...query.groupBy];
  if (query.sort && report.sorts) {
    if (report.sorts.length === 0) fail("sort", `is not a parameter of ${name}, which has an order of its own`);
    else if (!report.sorts.includes(query.sort.key)) fail("sort", `must be one of ${report.sorts.join(", ")}`);
  } else if (sort?.kind === "dimension" && !dimensions.includes(sort.dimension)) {
    fail("sort", `must be a measure or one of the report's dimensions${listed(dimensions)}`);
  } else if (sort?.kind === "own") fail("sort", `is no column of ${name}`);
  if (strict && query.bucket && !report.hasSeries) fail("bucket", `is not a parameter of ${name}, which is no series`);
  if (strict && query.window && !report.needsDeploy) fail("window", `is not a parameter of ${name}`);
  for (const option of Object.keys(query.options ?? {})) {
    if (!report.options?.some((known) => known === option)) fail(option, `is not a parameter of ${name}`);
  }
  const deploys = query.filters.filter(({ dimension, op }) => dimension === "deploy" && op === "is");
  if (report.needsDeploy && (deploys.length !== 1 || deploys[0]?.values.length !== 1)) {
    fail("filter.deploy", `must name exactly one deploy for ${name}`);
  }
  if (query.against !== undefined && !report.needsDeploy) fail("against", `is not a parameter of ${name}`);
  if (query.against !== undefined && deploys.some(({ values }) => values[0] === query.against)) {
    fail("against", "must name another deploy");
  }
  if (query.metric !== undefined && name !== "deploy-steps") fail("metric", `is not a parameter of ${name}`);
  return errors;
}

/**
 * Runs a report within what the scope may see.
 * @param query one that `checkQuery` has nothing against; pages ask only such.
 */
export function runReport(
  scope: Scope,
  name: ReportName,
  query: ReportQuery,
  asOf: Date = now(),
): Promise<ReportResult> {
  return REPORTS[name].run(scope, query, asOf);
}
