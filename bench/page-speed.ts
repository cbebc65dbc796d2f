import { encode } from "next-auth/jwt";
import { sessionCookieName } from "@/lib/auth/next-auth-options";
import type { Scope } from "@/lib/auth/scope";
import { startSession } from "@/lib/auth/session";
import { encodeCallId } from "@/lib/calls/call-id";
import { readDb } from "@/lib/db";
import { SAMPLE_OWNER } from "@/prisma/seed/sample-project";
import { bound } from "./forensic-speed";
import { type Measure, median } from "./print";
import type { BenchServer } from "./server";

const RUNS = 5;
const PAGE_MS = 400;

/** Every page, from the request to its last byte with all panels, at the median: the default period, a day where the calls themselves are read. */
export async function measurePages(product: BenchServer, scope: Scope): Promise<Measure[]> {
  const cookie = await signIn(product.secret);
  const project = await readDb().project.findUniqueOrThrow({ where: { id: scope.projectId } });
  const measures: Measure[] = [];
  for (const path of await listPaths(scope)) {
    const times: number[] = [];
    for (let run = 0; run <= RUNS; run += 1) {
      const start = performance.now();
      const answer = await fetch(`${product.url}/${project.slug}${path}`, { headers: { cookie }, redirect: "manual" });
      await answer.text();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      // The first of a page compiles it in the engine.
      if (run > 0) times.push(performance.now() - start);
    }
    measures.push(bound(path || "overview", median(times), PAGE_MS));
  }
  return measures;
}

async function signIn(secret: string): Promise<string> {
  const { id } = await readDb().user.findUniqueOrThrow({ where: { email: SAMPLE_OWNER } });
  const sid = await startSession(id, "bench", new Date());
  return `${sessionCookieName()}=${await encode({ token: { sub: id, sid }, secret })}`;
}

async function listPaths(scope: Scope): Promise<readonly string[]> {
  const [call] = await readDb().$queryRaw<
    { occurredAt: Date; tenantId: string; requestId: string; line: number; sessionId: string; taskId: string }[]
  >`SELECT occurred_at AS "occurredAt", tenant_id AS "tenantId", request_id AS "requestId", line::integer,
      session_id AS "sessionId", task_id AS "taskId"
    FROM llm_call WHERE project_id = ${scope.projectId} AND session_id IS NOT NULL AND task_id IS NOT NULL
    ORDER BY occurred_at DESC LIMIT 1`;
  if (!call) throw new Error("there is no call to look at");
  return [
    "",
    ...["/tenants", "/tenants/Northwind", "/features", "/features/support-reply", "/models"],
    ...["/models/claude-sonnet-5-5", "/movers", "/deploys", "/deploys/a1b2c3d", "/deploys/bisect"],
    ...["/prompts?period=24h", "/prompts/9c41e07b2f6ad815", "/cache?period=24h", "/reliability?period=24h"],
    ...["/calls", `/calls/${encodeCallId(call)}`, "/sessions?period=24h", `/sessions/${call.sessionId}`],
    ...["/tasks?period=24h", `/tasks/${call.taskId}`],
  ];
}
