import "server-only";
import { requireApiKey } from "@/lib/auth/require-api-key";
import type { Scope } from "@/lib/auth/scope";
import { HttpProblem } from "@/lib/http";
import { log } from "@/lib/log";
import { type Encoding, encodingOf, statusResponse } from "@/lib/otlp/answer";

type Answer = (request: Request, encoding: Encoding, scope: Scope, environment: string) => Promise<Response>;

/** A route of OTLP/HTTP for a key that may ingest: whatever goes wrong is told as the OTLP specification says. */
export function otlpRoute(path: string, answer: Answer): (request: Request) => Promise<Response> {
  return async (request) => {
    const contentType = request.headers.get("content-type");
    const encoding = encodingOf(contentType);
    try {
      const proof = await requireApiKey(withSpace(request), "ingest");
      if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
      if (encoding === null) throw unsupported(contentType);
      return await answer(request, encoding, proof.scope, proof.environment);
    } catch (error) {
      if (error instanceof HttpProblem) return statusResponse(encoding ?? "json", error);
      const errorId = crypto.randomUUID();
      log.error({ err: error, errorId }, `${path} failed`);
      const detail = `Something went wrong on the server (${errorId}).`;
      return statusResponse(encoding ?? "json", new HttpProblem(500, "Internal server error", detail));
    }
  };
}

/** OTEL_EXPORTER_OTLP_HEADERS is percent-encoded by its specification; Claude Code sends it as it was written. */
function withSpace(request: Request): Request {
  const authorization = request.headers.get("authorization") ?? "";
  if (!/^Bearer%20/i.test(authorization)) return request;
  return new Request(request.url, { headers: { authorization: authorization.replace("%20", " ") } });
}

function unsupported(contentType: string | null): HttpProblem {
  const type = (contentType ?? "").slice(0, 100);
  const detail = `Content-Type "${type}" is not understood: send application/x-protobuf or application/json.`;
  return new HttpProblem(415, "Unsupported content type", detail);
}
