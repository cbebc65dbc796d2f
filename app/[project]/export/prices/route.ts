import { requireProject } from "@/lib/auth/require-user";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { withProblems } from "@/lib/http";
import { log } from "@/lib/log";
import { readNewestPrices } from "@/lib/pricing/versions";
import { answerPriceCsv } from "../../settings/prices/answer-price-csv";

export const dynamic = "force-dynamic";

type Context = Readonly<{ params: Promise<{ project: string }> }>;

/** The list of prices, or of what changed, for the person who looks at it: the address behind its "CSV". */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { project } = await params;
  // Outside of what turns errors into problems: it redirects to sign-in by throwing.
  const { scope } = await requireProject(project);
  return answer(request, scope);
}

const answer = withProblems(
  async (request: Request, scope: Scope) =>
    answerPriceCsv(await readNewestPrices(scope), new URL(request.url).searchParams, now()),
  (err, errorId) => log.error({ err, errorId }, "an export of prices failed"),
);
