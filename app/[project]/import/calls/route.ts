import { listEnvironments } from "@/lib/auth/projects";
import { requireProject } from "@/lib/auth/require-user";
import { isSameOrigin } from "@/lib/auth/same-origin";
import type { Scope } from "@/lib/auth/scope";
import { env } from "@/lib/env";
import { HttpProblem, withProblems } from "@/lib/http";
import { receiveCalls } from "@/lib/ingest/receive-calls";
import { log } from "@/lib/log";

export const dynamic = "force-dynamic";

type Context = Readonly<{ params: Promise<{ project: string }> }>;

/** What POST /api/v1/calls does, for the import page: the person who is signed in stands for the key, `environment` names where to. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { project } = await params;
  // Outside of what turns errors into problems: it redirects to sign-in by throwing.
  const { scope } = await requireProject(project, "member");
  return answer(request, scope);
}

const answer = withProblems(
  async (request: Request, scope: Scope) => {
    if (!isSameOrigin(request.headers, env().NEXTAUTH_URL)) {
      throw new HttpProblem(403, "Forbidden", "This request did not come from this site.");
    }
    const environment = new URL(request.url).searchParams.get("environment") ?? "";
    if (!(await listEnvironments(scope.projectId)).includes(environment)) {
      throw new HttpProblem(400, "Unknown environment", "environment must be one of this project's.");
    }
    return receiveCalls(request, scope, environment);
  },
  (err, errorId) => log.error({ err, errorId }, "an import of calls failed"),
);
