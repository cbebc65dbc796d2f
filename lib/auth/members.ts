import "server-only";
import { createLinkToken, linkUrl } from "@/lib/auth/one-time-link";
import type { Role, Scope } from "@/lib/auth/scope";
import { writeDb } from "@/lib/db";
import type { Prisma } from "@/prisma/client/client";

type Db = Prisma.TransactionClient;

/** What a person may do and see in a project; only a viewer can be held to some tenants. */
export type Grant = Readonly<{ role: Role; tenants: "all" | readonly string[] }>;

export type Member = Grant & Readonly<{ userId: string; name: string; email: string; hasJoined: boolean }>;

export type MemberRefusal = "last-owner" | "unknown" | "invited-elsewhere" | "already-member" | "elsewhere-too";

/** Everybody of a project: owners, members, viewers, each by name. */
export async function listMembers(scope: Scope): Promise<Member[]> {
  const rows = await writeDb().membership.findMany({ where: { projectId: scope.projectId }, include: { user: true } });
  const order = ["owner", "member", "viewer"];
  return rows
    .map(({ user, role, tenants, allTenants }) => ({
      userId: user.id,
      name: user.name,
      email: user.email,
      hasJoined: user.passwordHash !== null,
      role: role as Role,
      tenants: allTenants ? ("all" as const) : tenants,
    }))
    .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.email.localeCompare(b.email));
}

/**
 * Lets a person into the project. Somebody new gets a link to hand over; somebody with an account is in at once.
 * A person invited elsewhere who has not joined yet is refused: whoever holds that link would get into this project too.
 */
export async function inviteMember(
  scope: Scope,
  email: string,
  grant: Grant,
  now: Date,
  siteUrl?: string,
): Promise<{ ok: true; link: string | null } | { ok: false; reason: MemberRefusal }> {
  return writeDb().$transaction(async (db) => {
    const known = await db.user.findUnique({ where: { email }, include: { memberships: true } });
    if (known?.memberships.some(({ projectId }) => projectId === scope.projectId)) {
      return { ok: false, reason: "already-member" };
    }
    const isPending = known !== null && known.passwordHash === null;
    if (isPending && known.memberships.length > 0) return { ok: false, reason: "invited-elsewhere" };
    const { id } = known ?? (await db.user.create({ data: { email, name: "" }, select: { id: true } }));
    await db.membership.create({ data: { userId: id, projectId: scope.projectId, ...grantColumns(grant) } });
    if (known && !isPending) return { ok: true, link: null };
    return { ok: true, link: linkUrl("invitation", await createLinkToken("invitation", id, now, db), siteUrl) };
  });
}

/**
 * A new link for a member, by which he sets his password: for somebody whose invitation is over or who lost his password.
 * Refused for a person who also belongs to a project that the asking owner does not own: the link opens everything of that person.
 */
export async function createMemberLink(
  scope: Scope,
  askingUserId: string,
  userId: string,
  now: Date,
  siteUrl?: string,
): Promise<{ ok: true; link: string } | { ok: false; reason: MemberRefusal }> {
  const db = writeDb();
  const user = await db.user.findFirst({
    where: { id: userId, memberships: { some: { projectId: scope.projectId } } },
    include: { memberships: true },
  });
  if (!user) return { ok: false, reason: "unknown" };
  const owned = await db.membership.findMany({ where: { userId: askingUserId, role: "owner" } });
  const ownedIds = new Set(owned.map(({ projectId }) => projectId));
  if (!user.memberships.every(({ projectId }) => ownedIds.has(projectId)))
    return { ok: false, reason: "elsewhere-too" };
  return { ok: true, link: linkUrl("invitation", await createLinkToken("invitation", userId, now), siteUrl) };
}

/** Changes what a member may do, from his next request on. The last owner stays owner. */
export async function changeMember(scope: Scope, userId: string, grant: Grant): Promise<MemberRefusal | null> {
  return writeDb().$transaction(async (db) => {
    const refusal = await refuseLastOwner(db, scope.projectId, userId, grant.role === "owner");
    if (refusal) return refusal;
    const { count } = await db.membership.updateMany({
      where: { userId, projectId: scope.projectId },
      data: grantColumns(grant),
    });
    return count === 0 ? "unknown" : null;
  });
}

/** Takes a member out, from his next request on. The last owner stays. An invitation nobody took up yet is void then. */
export async function removeMember(scope: Scope, userId: string): Promise<MemberRefusal | null> {
  return writeDb().$transaction(async (db) => {
    const refusal = await refuseLastOwner(db, scope.projectId, userId, false);
    if (refusal) return refusal;
    const { count } = await db.membership.deleteMany({ where: { userId, projectId: scope.projectId } });
    await db.user.deleteMany({
      where: { id: userId, passwordHash: null, memberships: { none: {} }, sessions: { none: {} } },
    });
    return count === 0 ? "unknown" : null;
  });
}

function grantColumns({ role, tenants }: Grant): { role: Role; allTenants: boolean; tenants: string[] } {
  const seesAll = role !== "viewer" || tenants === "all";
  return { role, allTenants: seesAll, tenants: seesAll ? [] : [...tenants] };
}

/** Two owners who remove each other at the same moment: the lock makes the second one wait and see. */
async function refuseLastOwner(
  db: Db,
  projectId: number,
  userId: string,
  staysOwner: boolean,
): Promise<"last-owner" | null> {
  await db.$queryRaw`SELECT id FROM project WHERE id = ${projectId} FOR UPDATE`;
  if (staysOwner) return null;
  const owners = await db.membership.findMany({ where: { projectId, role: "owner" }, select: { userId: true } });
  return owners.length === 1 && owners[0]?.userId === userId ? "last-owner" : null;
}
