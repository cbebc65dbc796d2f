import type { Scope } from "@/lib/auth/scope";
import { MAX_LIMIT } from "@/lib/reports/query";
import { runReport } from "@/lib/reports/registry";
import type { Filter, ReportQuery, Row } from "@/lib/reports/schema";
import { sumOf } from "./stack";

/** A feature's cost per call must move by a quarter: less is the mix of its calls… */
const CHANGE = 0.25;
/** …and what it moved must be a twentieth of what the deploy cost, over enough calls to tell. */
const SHARE = 0.05;
const CALLS = 50n;
/** Told by first tries: a storm of cheap retries would make the same code look cheaper a call. */
const FIRST_TRIES: Filter = { dimension: "attempt", op: "is", values: ["first"] };

/** The feature whose cost per call a deploy moved most against the deploy before it. Money in picodollars. */
export type DeployEffect = Readonly<{ feature: string; before: bigint; after: bigint; moved: number }>;

/** Deploys in order of first call; `effect` is null when no feature moved by enough to be told from chance. */
export type DeployChange = Readonly<{ sha: string; at: Date | null; effect: DeployEffect | null }>;

/** What each deploy of the period changed, by its calls that match the query's filters. */
export async function readDeployEffects(scope: Scope, query: ReportQuery): Promise<readonly DeployChange[]> {
  const { rows } = await runReport(scope, "deploys", {
    ...query,
    filters: [...query.filters, FIRST_TRIES],
    groupBy: ["feature"],
    bucket: null,
    sort: null,
    limit: MAX_LIMIT,
  });
  const bySha = new Map<string, Row[]>();
  for (const row of rows) bySha.set(String(row.deploy), [...(bySha.get(String(row.deploy)) ?? []), row]);
  return [...bySha].map(([sha, features]) => {
    const cost = features.reduce((sum, row) => sum + Number(sumOf(row, "cost")), 0);
    const [largest] = features.flatMap((row) => effectOf(row) ?? []).sort((a, b) => size(b) - size(a));
    const starts = features.flatMap(({ first_seen: at }) => (at instanceof Date ? [at.getTime()] : []));
    return {
      sha,
      at: starts.length > 0 ? new Date(Math.min(...starts)) : null,
      effect: largest && size(largest) >= SHARE * cost ? largest : null,
    };
  });
}

const size = ({ moved }: DeployEffect) => Math.abs(moved);

function effectOf(row: Row): DeployEffect | null {
  const change = row.change_cost_per_call;
  if (typeof change !== "number" || Math.abs(change) < CHANGE || sumOf(row, "calls") < CALLS) return null;
  const [before, after] = [sumOf(row, "compare_cost_per_call"), sumOf(row, "cost_per_call")];
  return { feature: String(row.feature), before, after, moved: Number(after - before) * Number(sumOf(row, "calls")) };
}
