import { requireApiKey } from "@/lib/auth/require-api-key";
import { HttpProblem, json, withProblems } from "@/lib/http";
import { log } from "@/lib/log";
import { listReports } from "@/lib/reports/list-reports";

export const dynamic = "force-dynamic";

export const GET = withProblems(
  async (request: Request) => {
    const proof = await requireApiKey(request, "read");
    if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
    return json(listReports());
  },
  (err, errorId) => log.error({ err, errorId }, "the list of reports failed"),
);
