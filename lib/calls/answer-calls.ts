import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { CALL_CSV_COLUMNS, toCallJson, toCsvRows } from "@/lib/calls/call-fields";
import { parseCallsQuery } from "@/lib/calls/query";
import { type Call, eachCall, listCalls } from "@/lib/calls/read";
import { csvResponse } from "@/lib/csv";
import { HttpProblem, json } from "@/lib/http";

/**
 * Answers a request for calls as a page of JSON or, with `format=csv`, as a streamed CSV file of every call: the same
 * for API and pages.
 * @throws HttpProblem 400 naming every parameter that cannot be used.
 */
export async function answerCalls(scope: Scope, params: URLSearchParams, asOf: Date): Promise<Response> {
  const parsed = parseCallsQuery(params, asOf);
  if (!parsed.ok) throw new HttpProblem(400, "Bad query", "See errors.", { errors: parsed.errors });
  const { query } = parsed;
  if (params.get("format") === "csv") {
    return csvResponse("calls.csv", CALL_CSV_COLUMNS, toCsvRows(query.sort ? largest() : eachCall(scope, query)));
  }
  const { calls, nextCursor } = await listCalls(scope, query);
  return json({ period: query.period, calls: calls.map(toCallJson), next_cursor: nextCursor });

  async function* largest(): AsyncGenerator<readonly Call[]> {
    yield (await listCalls(scope, query)).calls;
  }
}
