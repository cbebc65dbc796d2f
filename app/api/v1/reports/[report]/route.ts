import { requireApiKey } from "@/lib/auth/require-api-key";
import { now } from "@/lib/clock";
import { HttpProblem, withProblems } from "@/lib/http";
import { log } from "@/lib/log";
import { answerReport } from "@/lib/reports/answer-report";

export const dynamic = "force-dynamic";

type Context = Readonly<{ params: Promise<{ report: string }> }>;

export const GET = withProblems(
  async (request: Request, { params }: Context) => {
    const proof = await requireApiKey(request, "read");
    if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
    const { report } = await params;
    return answerReport(proof.scope, report, new URL(request.url).searchParams, now(), true);
  },
  (err, errorId) => log.error({ err, errorId }, "a report failed"),
);
