import { entityName } from "@/app/[project]/view";
import { requireApiKey } from "@/lib/auth/require-api-key";
import { now } from "@/lib/clock";
import { HttpProblem, withProblems } from "@/lib/http";
import { log } from "@/lib/log";
import { answerVerdict } from "@/lib/reports/deploy-verdict-answer";

export const dynamic = "force-dynamic";

type Context = Readonly<{ params: Promise<{ sha: string }> }>;

export const GET = withProblems(
  async (request: Request, { params }: Context) => {
    const proof = await requireApiKey(request, "read");
    if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
    const { searchParams } = new URL(request.url);
    const sha = entityName((await params).sha, searchParams.get("id") ?? undefined);
    return answerVerdict(proof.scope, sha, searchParams, now());
  },
  (err, errorId) => log.error({ err, errorId }, "a verdict failed"),
);
