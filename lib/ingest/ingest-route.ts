import "server-only";
import { requireApiKey } from "@/lib/auth/require-api-key";
import type { Scope } from "@/lib/auth/scope";
import { HttpProblem, withProblems } from "@/lib/http";
import { log } from "@/lib/log";

/** The POST of an address that takes something in: for a key with the scope ingest, within that key's project and environment. */
export function ingestRoute(
  path: string,
  receive: (request: Request, scope: Scope, environment: string) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return withProblems(
    async (request: Request) => {
      const proof = await requireApiKey(request, "ingest");
      if (!proof.ok) throw new HttpProblem(proof.status, proof.title, proof.detail, {}, proof.headers);
      return receive(request, proof.scope, proof.environment);
    },
    (error, errorId) => log.error({ err: error, errorId }, `${path} failed`),
  );
}
