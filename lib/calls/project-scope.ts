import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { Prisma } from "@/prisma/client/client";

/**
 * What the scope may see of that which belongs to the project as a whole and to no tenant: clients, deploys. Somebody who sees
 * only some tenants sees none of it, since it may tell of others.
 */
export function projectScope(scope: Scope): Prisma.Sql {
  return scope.tenants === "all" ? callScope(scope) : Prisma.sql`FALSE`;
}
