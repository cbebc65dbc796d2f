import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { authSecret, sessionCookieName } from "@/lib/auth/next-auth-options";
import { proveScope } from "@/lib/auth/prove-scope";
import { safePath } from "@/lib/auth/safe-path";
import type { Role, Scope } from "@/lib/auth/scope";
import { findSession, type SignedIn } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { readDb } from "@/lib/db";

const RANK: Record<Role, number> = { viewer: 0, member: 1, owner: 2 };

export type ProjectAccess = SignedIn &
  Readonly<{ project: Readonly<{ id: number; slug: string; name: string }>; role: Role; scope: Scope }>;

/** Whether a person with role `has` may do what needs `needs`. */
export function hasRole(has: Role, needs: Role): boolean {
  return RANK[has] >= RANK[needs];
}

/** Who is signed in, or null. The session row is read once a request, so revoking it takes effect on the next one. */
export const findUser = cache(async (): Promise<SignedIn | null> => {
  const sealed = (await cookies()).get(sessionCookieName())?.value;
  if (sealed === undefined) return null;
  const token = await decode({ token: sealed, secret: authSecret() }).catch(() => null);
  return typeof token?.sid === "string" ? findSession(token.sid, now()) : null;
});

/** Who is signed in; anybody else goes to the sign-in page, and from there back to where he wanted to be. */
export const requireUser = cache(async (): Promise<SignedIn> => {
  const user = await findUser();
  if (user) return user;
  const wanted = safePath((await headers()).get("x-spendtrace-path"));
  return redirect(wanted === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(wanted)}`);
});

/**
 * Proves that the person who is signed in may see the project in the role `minRole` or a higher one. A project of others and a role too
 * low both answer 404: neither tells what exists.
 */
export const requireProject = cache(async (slug: string, minRole: Role = "viewer"): Promise<ProjectAccess> => {
  const signedIn = await requireUser();
  const membership = await readDb().membership.findFirst({
    where: { userId: signedIn.user.id, project: { slug } },
    include: { project: { select: { id: true, slug: true, name: true } } },
  });
  if (!membership) return notFound();
  const { project, tenants, allTenants } = membership;
  const role = membership.role as Role;
  if (!hasRole(role, minRole)) return notFound();
  const seen = allTenants ? "all" : Object.freeze([...tenants]);
  const scope = proveScope({ projectId: project.id, role, tenants: seen, environment: "all" });
  return { ...signedIn, project, role, scope };
});

export type ProjectEntry = Readonly<{ slug: string; name: string; role: Role }>;

/** The projects a person belongs to, by name. */
export async function listProjects(userId: string): Promise<ProjectEntry[]> {
  const memberships = await readDb().membership.findMany({
    where: { userId },
    include: { project: { select: { slug: true, name: true } } },
    orderBy: { project: { name: "asc" } },
  });
  return memberships.map(({ project, role }) => ({ ...project, role: role as Role }));
}
