import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { decodeUtf8, HttpProblem, json } from "@/lib/http";
import { checkItem } from "@/lib/ingest/check-item";
import { readBatch } from "@/lib/ingest/read-batch";
import { orUnavailable } from "@/lib/ingest/receive-items";
import { takeBody } from "@/lib/ingest/take-body";
import { clientReportSchema } from "./schema";
import { recordClientReport } from "./write";

/**
 * Answers POST /api/v1/client-reports for a proven key: `{"accepted":true}` once it is committed, false for one that was known.
 * @throws HttpProblem 400 unless it is one report, 422 naming every field that cannot be used, else as `takeBody` does.
 */
export function receiveClientReport(request: Request, scope: Scope, environment: string): Promise<Response> {
  return takeBody(request, async (body) => {
    const [sent, ...more] = readBatch(decodeUtf8(body), request.headers.get("content-type"), "reports");
    if (sent === undefined || more.length > 0) {
      throw new HttpProblem(400, "Unreadable body", "The body must be one report: a JSON object.");
    }
    const checked = checkItem(clientReportSchema, sent);
    if (!checked.ok) {
      const detail = checked.errors.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
      throw new HttpProblem(422, "Unusable report", `${detail}.`, { errors: checked.errors });
    }
    const isNew = await orUnavailable(() => recordClientReport(scope, environment, checked.item, now()));
    return json({ accepted: isNew });
  });
}
