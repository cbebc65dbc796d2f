import pg from "pg";
import type { Scope } from "@/lib/auth/scope";
import { encodeCallId } from "@/lib/calls/call-id";
import { type CallsQuery, parseCallsQuery } from "@/lib/calls/query";
import { listCalls, listNewerCalls } from "@/lib/calls/read";
import { SCAN_OPTIONS, SESSION_OPTIONS } from "@/lib/db";
import { parseReportQuery } from "@/lib/reports/query";
import { type ReportName, runReport } from "@/lib/reports/registry";
import { classicRecipes } from "./classic";
import type { Measure } from "./print";
import { databaseMs, type Statement } from "./raw-question";
import { recordStatements } from "./recorded-statements";

const RUNS = 5;
const CLASSIC_RUNS = 3;
const RECIPE_MS = 400;
const FASTER = 10;

/** Each question of the forensic pages on very many calls: its time in the database, the recipes beside those of the classic design (`copyToClassic`). */
export async function measureForensics(databaseUrl: string, scope: Scope, now: Date): Promise<Measure[]> {
  const connect = async (options: string) => {
    const client = new pg.Client({ connectionString: databaseUrl, options });
    await client.connect();
    return client;
  };
  const [ours, scans, plain] = await Promise.all([
    connect(SESSION_OPTIONS),
    connect(SCAN_OPTIONS),
    connect("-c timezone=UTC"),
  ]);
  try {
    const time = async (ask: () => Promise<unknown>) => {
      const statements = await recordStatements(ask);
      return databaseMs(needsScan(statements) ? scans : ours, statements, RUNS);
    };
    const report = (name: ReportName, params: string) => time(() => runReport(scope, name, parse(params, now), now));
    const [hot, weeks, cache] = classicRecipes(now);
    return [
      await recipe("hot prompts, 24 h", await report("hot-prompts", "period=24h&limit=10"), plain, hot),
      await recipe("tenants week over week", await report("tenants-week-over-week", "period=7d"), plain, weeks),
      await recipe("cache hit by feature, 24 h", await report("cache-hit-by-feature", "period=24h"), plain, cache),
      bound("hot prompts, 7 days", await report("hot-prompts", "period=7d&limit=10"), 2_500),
      bound("movers, 30 days", await report("movers", month(now)), 150),
      bound("cache hit by feature, 30 days", await report("cache-hit-by-feature", month(now)), 150),
      ...(await explorer(scope, now, time)),
    ];
  } finally {
    await Promise.all([ours, scans, plain].map((client) => client.end()));
  }
}

/** What reads the calls themselves ran in the pool that has workers and memory for it. */
const needsScan = (statements: readonly Statement[]) => statements.some(({ sql }) => /\bllm_call\b/.test(sql));

async function recipe(measure: string, ours: number, plain: pg.Client, statement: Statement): Promise<Measure> {
  const classic = await databaseMs(plain, [statement], CLASSIC_RUNS);
  return {
    measure,
    ours: `${ours.toFixed(0)} ms`,
    baseline: `${classic.toFixed(0)} ms`,
    ratio: `${(classic / ours).toFixed(1)}×`,
    goal: `≤ ${RECIPE_MS} ms, ≥ ${FASTER}×`,
    met: ours <= RECIPE_MS && classic / ours >= FASTER,
  };
}

export function bound(measure: string, ours: number, most: number): Measure {
  return { measure, ours: `${ours.toFixed(0)} ms`, baseline: "", ratio: "", goal: `≤ ${most} ms`, met: ours <= most };
}

/** Pages of the list of calls: the newest, deep in the past, back towards now, and through filters that few or no calls pass. */
async function explorer(
  scope: Scope,
  now: Date,
  time: (ask: () => Promise<unknown>) => Promise<number>,
): Promise<Measure[]> {
  const deep = encodeCallId({
    occurredAt: new Date(now.getTime() - 20 * 86_400_000),
    tenantId: "M",
    requestId: "",
    line: 0,
  });
  const questions: readonly (readonly [string, string])[] = [
    ["newest", ""],
    ["20 days back", `cursor=${deep}`],
    ["of a small tenant", "filter.tenant=Wingtip"],
    ["of one prompt, 20 days back", `filter.prompt=9c41e07b2f6ad815&cursor=${deep}`],
    ["of a feature and its errors", "filter.feature=support-reply&filter.status=error"],
    ["retries of one deploy", "filter.deploy=a1b2c3d&filter.attempt=retry"],
    ["of a tenant that is not there", "filter.tenant=nobody"],
    ["of a session that is not there", "filter.session=nothing"],
  ];
  const measures: Measure[] = [];
  for (const [name, params] of questions) {
    const query = parseCalls(`${month(now)}&limit=50&${params}`, now);
    measures.push(bound(`calls, ${name}`, await time(() => listCalls(scope, query)), 100));
  }
  const back = parseCalls(`${month(now)}&limit=50&cursor=${deep}`, now);
  measures.push(bound("calls, from there towards now", await time(() => listNewerCalls(scope, back)), 100));
  return measures;
}

/** Thirty days, today among them. */
const month = (now: Date) => `from=${new Date(now.getTime() - 29 * 86_400_000).toISOString().slice(0, 10)}`;

function parse(params: string, now: Date) {
  const parsed = parseReportQuery(new URLSearchParams(params), now);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.query;
}

function parseCalls(params: string, now: Date): CallsQuery {
  const parsed = parseCallsQuery(new URLSearchParams(params), now);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.query;
}
