import { requireApiKey } from "@/lib/auth/require-api-key";
import { answerCalls } from "@/lib/calls/answer-calls";
import { now } from "@/lib/clock";
import { HttpProblem, withProblems } from "@/lib/http";
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
  return answerCalls(scope, new URL(request.url).searchParams, now());
}, report);
