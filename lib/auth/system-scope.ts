import "server-only";
import { proveScope } from "@/lib/auth/prove-scope";
import type { Scope } from "@/lib/auth/scope";

/** All of one project, for the program itself: sample data, `db:verify`, tests. Never on behalf of a request. */
export function systemScope(projectId: number): Scope {
  return proveScope({ projectId, role: "owner", tenants: "all", environment: "all" });
}
