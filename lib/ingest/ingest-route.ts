import "server-only";
import { requireApiKey } from "@/lib/auth/require-api-key";
import type { Scope } from "@/lib/auth/scope";
import { HttpProblem, type Incoming, withProblems } from "@/lib/http";
import { log } from "@/lib/log";

/** The POST of an address that takes something in: for a key with the scope ingest, within that key's project and environment. */
export function ingestRoute<R extends Incoming = Request>(
  path: string,
  receive: (request: R, scope: Scope, environment: string) => Promise<Response>,
): (request: R) => Promise<Response> {
  return withProblems(
    async (request: R) => {
      const proof = await requireApiKey(request, "ingest");
      if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
      return receive(request, proof.scope, proof.environment);
    },
    (error, errorId) => log.error({ err: error, errorId }, `${path} failed`),
  );
}
