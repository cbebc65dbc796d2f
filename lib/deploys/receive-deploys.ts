import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { receiveItems } from "@/lib/ingest/receive-items";
import { deploySchema } from "./announcement";
import { recordDeploys } from "./write";

/** Answers POST /api/v1/deploys for a proven key. */
export function receiveDeploys(request: Request, scope: Scope, environment: string): Promise<Response> {
  return receiveItems(request, {
    list: "deploys",
    schema: deploySchema(now()),
    store: (deploys) => recordDeploys(scope, environment, deploys),
  });
}
