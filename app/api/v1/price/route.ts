import { requireApiKey } from "@/lib/auth/require-api-key";
import { now } from "@/lib/clock";
import { answerPrice } from "@/lib/estimates/answer-price";
import { HttpProblem, withProblems } from "@/lib/http";
import { log } from "@/lib/log";

export const dynamic = "force-dynamic";

export const GET = withProblems(
  async (request: Request) => {
    const proof = await requireApiKey(request, "read");
    if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
    return answerPrice(proof.scope, new URL(request.url).searchParams, now());
  },
  (err, errorId) => log.error({ err, errorId }, "a price failed"),
);
