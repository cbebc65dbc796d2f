import { requireApiKey } from "@/lib/auth/require-api-key";
import { CALL_CSV_COLUMNS, toCallJson, toCsvRows } from "@/lib/calls/call-fields";
import { parseCallsQuery } from "@/lib/calls/query";
import { eachCall, listCalls } from "@/lib/calls/read";
import { now } from "@/lib/clock";
import { csvResponse } from "@/lib/csv";
import { HttpProblem, json, withProblems } from "@/lib/http";
import { receiveCalls } from "@/lib/ingest/receive-calls";
import { log } from "@/lib/log";

export const dynamic = "force-dynamic";

const report = (error: unknown, errorId: string) => log.error({ err: error, errorId }, "/api/v1/calls failed");

async function proveKey(request: Request, needs: "ingest" | "read") {
  const proof = await requireApiKey(request, needs);
  if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
  return proof;
}

export const POST = withProblems(async (request: Request) => {
  const { scope, environment } = await proveKey(request, "ingest");
  return receiveCalls(request, scope, environment);
}, report);

export const GET = withProblems(async (request: Request) => {
  const { scope } = await proveKey(request, "read");
  const params = new URL(request.url).searchParams;
  const parsed = parseCallsQuery(params, now());
  if (!parsed.ok) throw new HttpProblem(400, "Bad query", "See errors.", { errors: parsed.errors });
  const { query } = parsed;
  if (params.get("format") === "csv") {
    return csvResponse("calls.csv", CALL_CSV_COLUMNS, toCsvRows(eachCall(scope, query)));
  }
  const { calls, nextCursor } = await listCalls(scope, query);
  return json({ period: query.period, calls: calls.map(toCallJson), next_cursor: nextCursor });
}, report);
