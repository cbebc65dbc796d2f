import pg from "pg";
import { systemScope } from "@/lib/auth/system-scope";
import { SESSION_OPTIONS } from "@/lib/db";
import { parseReportQuery } from "@/lib/reports/query";
import { isReportName, REPORTS, type ReportName, runReport } from "@/lib/reports/registry";
import { CACHE_LOST_SHA } from "@/prisma/seed/stories/cache-lost";
import type { Measure } from "./print";
import { createRawViews, databaseMs, rawMs, type Statement } from "./raw-question";
import { recordStatements } from "./recorded-statements";

const DAYS = 30;
const MAX_MS = 50;
const FASTER = 20;

/** Every report of the registry that the rollups answer, over 30 days: its time in the database, and that of the same question asked of llm_call. */
export async function measureReports(databaseUrl: string, projectId: number, now: Date): Promise<Measure[]> {
  const client = new pg.Client({ connectionString: databaseUrl, options: SESSION_OPTIONS });
  await client.connect();
  try {
    await client.query("VACUUM ANALYZE");
    await createRawViews(client);
    const measures: Measure[] = [];
    for (const name of Object.keys(REPORTS).filter(isReportName)) {
      const statements = await statementsOf(projectId, name, now);
      // What only the calls can tell is read from them, and measured in forensic-speed.ts.
      if (!statements.every(({ sql }) => /\busage_(hour|day)\b/.test(sql))) continue;
      const ours = await databaseMs(client, statements, 7);
      const raw = await rawMs(client, statements, 3);
      measures.push({
        measure: name,
        ours: `${ours.toFixed(1)} ms`,
        baseline: `${raw.toFixed(0)} ms`,
        ratio: `${(raw / ours).toFixed(0)}×`,
        goal: `≤ ${MAX_MS} ms, ≥ ${FASTER}×`,
        met: ours <= MAX_MS && raw / ours >= FASTER,
      });
    }
    return measures;
  } finally {
    await client.end();
  }
}

/** Runs a report once and keeps what it sends to the database. */
async function statementsOf(projectId: number, name: ReportName, now: Date): Promise<Statement[]> {
  const from = new Date(now.getTime() - (DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
  const params = new URLSearchParams({ from });
  if (REPORTS[name].needsDeploy) params.set("filter.deploy", CACHE_LOST_SHA);
  const parsed = parseReportQuery(params, now);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { query } = parsed;
  return recordStatements(() => runReport(systemScope(projectId), name, query, now));
}
