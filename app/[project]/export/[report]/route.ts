import { requireProject } from "@/lib/auth/require-user";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { withProblems } from "@/lib/http";
import { log } from "@/lib/log";
import { answerReport } from "@/lib/reports/answer-report";

export const dynamic = "force-dynamic";

type Context = Readonly<{ params: Promise<{ project: string; report: string }> }>;

/** The report behind a panel, for the person who looks at it: the address of the panel's "CSV" and "JSON". */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { project, report } = await params;
  // Outside of what turns errors into problems: it redirects to sign-in by throwing.
  const { scope } = await requireProject(project);
  return answer(request, scope, report);
}

const answer = withProblems(
  (request: Request, scope: Scope, report: string) =>
    answerReport(scope, report, new URL(request.url).searchParams, now(), false),
  (err, errorId) => log.error({ err, errorId }, "an export failed"),
);
