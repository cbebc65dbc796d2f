import { HttpProblem } from "@/lib/http";
import { encodingOf, statusResponse } from "@/lib/otlp/answer";

export const dynamic = "force-dynamic";

/** No metrics are taken: to accept them and keep none would be a lie. The answer names the way to stop sending them. */
export async function POST(request: Request): Promise<Response> {
  const detail = "Spendtrace takes traces and logs, no metrics: set OTEL_METRICS_EXPORTER=none.";
  const encoding = encodingOf(request.headers.get("content-type")) ?? "json";
  return statusResponse(encoding, new HttpProblem(404, "No metrics", detail));
}
