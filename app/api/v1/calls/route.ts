import { requireApiKey } from "@/lib/auth/require-api-key";
import { answerCalls } from "@/lib/calls/answer-calls";
import { now } from "@/lib/clock";
import { HttpProblem, withProblems } from "@/lib/http";
import { ingestRoute } from "@/lib/ingest/ingest-route";
import { receiveCalls } from "@/lib/ingest/receive-calls";
import { log } from "@/lib/log";

export const dynamic = "force-dynamic";

/** `npm start` answers it without coming by here, in the same way: see `scripts/calls-door.ts`. */
export const POST = ingestRoute("/api/v1/calls", receiveCalls);

export const GET = withProblems(
  async (request: Request) => {
    const proof = await requireApiKey(request, "read");
    if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
    return answerCalls(proof.scope, new URL(request.url).searchParams, now());
  },
  (err, errorId) => log.error({ err, errorId }, "/api/v1/calls failed"),
);
