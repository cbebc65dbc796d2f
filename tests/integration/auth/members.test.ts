import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { acceptInvitation, findInvitation } from "@/lib/auth/invitation";
import { changeMember, createMemberLink, inviteMember, listMembers, removeMember } from "@/lib/auth/members";
import { requireProject } from "@/lib/auth/require-user";
import { findSession } from "@/lib/auth/session";
import { signInWithLink, signInWithPassword } from "@/lib/auth/sign-in";
import { writeDb } from "@/lib/db";
import { createProject, type TestProject } from "@/tests/support/project";
import { createPerson, outcome, type Person, visit } from "@/tests/support/visitor";

vi.mock("next/headers", () => import("@/tests/support/visitor"));

const VISITOR = { address: "10.0.0.1", userAgent: "test", now: new Date() };
const SOMEBODY = { name: "Jo", password: "correct horse battery" };
const VIEWER = { role: "viewer", tenants: "all" } as const;
const now = new Date();

let project: TestProject;
let owner: Person;

beforeEach(async () => {
  project = await createProject();
  owner = await createPerson(project.id, "owner");
});

const newAddress = () => `${randomUUID()}@acme.example`;
const tokenOf = (link: string | null) => new URL(link ?? "").searchParams.get("token") ?? "";

async function invite(email: string, into = project): Promise<string> {
  const invited = await inviteMember(into.scope, email, VIEWER, now);
  if (!invited.ok || invited.link === null) throw new Error(`no link: ${JSON.stringify(invited)}`);
  return tokenOf(invited.link);
}

describe("an invitation", () => {
  test("lets the person in once, who then has a password", async () => {
    const email = newAddress();
    const token = await invite(email);
    expect(await findInvitation(token, now)).toMatchObject({ email, name: "", projects: [project.slug] });
    expect(await signInWithPassword(email, "", VISITOR)).toMatchObject({ reason: "wrong" });
    const taken = await Promise.all([acceptInvitation(token, SOMEBODY, now), acceptInvitation(token, SOMEBODY, now)]);
    const [signInToken] = taken.filter((one) => one !== null);
    expect(taken.filter((one) => one !== null)).toHaveLength(1);
    expect(await signInWithLink(signInToken ?? "", VISITOR)).toMatchObject({ ok: true });
    expect(await signInWithPassword(email, SOMEBODY.password, VISITOR)).toMatchObject({ ok: true });
    expect(await findInvitation(token, now)).toBeNull();
  });

  test("is over after a week, and with the membership", async () => {
    const [late, removed] = [newAddress(), newAddress()];
    const [first, second] = [await invite(late), await invite(removed)];
    expect(await findInvitation(first, new Date(now.getTime() + 7 * 24 * 3_600_000))).toBeNull();
    const member = (await listMembers(project.scope)).find(({ email }) => email === removed);
    expect(await removeMember(project.scope, member?.userId ?? "")).toBeNull();
    expect(await acceptInvitation(second, SOMEBODY, now)).toBeNull();
  });

  test("of somebody with an account needs no link", async () => {
    const email = newAddress();
    await acceptInvitation(await invite(email), SOMEBODY, now);
    const other = await createProject();
    expect(await inviteMember(other.scope, email, VIEWER, now)).toEqual({ ok: true, link: null });
    expect(await inviteMember(other.scope, email, VIEWER, now)).toEqual({ ok: false, reason: "already-member" });
  });

  test("of somebody whose invitation elsewhere is open is refused: that link would open this project too", async () => {
    const email = newAddress();
    await invite(email);
    const other = await createProject();
    expect(await inviteMember(other.scope, email, VIEWER, now)).toEqual({ ok: false, reason: "invited-elsewhere" });
  });
});

describe("a new link", () => {
  test("replaces a lost password and ends the sessions", async () => {
    const email = newAddress();
    await acceptInvitation(await invite(email), SOMEBODY, now);
    const signedIn = await signInWithPassword(email, SOMEBODY.password, VISITOR);
    const userId = signedIn.ok ? signedIn.userId : "";
    const made = await createMemberLink(project.scope, owner.userId, userId, now);
    await acceptInvitation(tokenOf(made.ok ? made.link : null), { name: "Jo", password: "another horse battery" }, now);
    expect(await findSession(signedIn.ok ? signedIn.sessionId : "", now)).toBeNull();
    expect(await signInWithPassword(email, SOMEBODY.password, VISITOR)).toMatchObject({ ok: false });
    expect(await signInWithPassword(email, "another horse battery", VISITOR)).toMatchObject({ ok: true });
  });

  test("is not made for a person who also belongs to a project of others", async () => {
    const other = await createProject();
    const person = await createPerson(project.id, "member");
    await writeDb().membership.create({ data: { userId: person.userId, projectId: other.id, role: "owner" } });
    const refused = { ok: false, reason: "elsewhere-too" };
    expect(await createMemberLink(project.scope, owner.userId, person.userId, now)).toEqual(refused);
  });

  test("is not made for a stranger", async () => {
    const stranger = await createPerson(null);
    const refused = { ok: false, reason: "unknown" };
    expect(await createMemberLink(project.scope, owner.userId, stranger.userId, now)).toEqual(refused);
  });
});

describe("the last owner", () => {
  test("can neither be removed nor made less", async () => {
    expect(await removeMember(project.scope, owner.userId)).toBe("last-owner");
    expect(await changeMember(project.scope, owner.userId, { role: "member", tenants: "all" })).toBe("last-owner");
    expect(await changeMember(project.scope, owner.userId, { role: "owner", tenants: "all" })).toBeNull();
  });

  test("stays when two owners remove each other at the same moment", async () => {
    const second = await createPerson(project.id, "owner");
    const removals = [removeMember(project.scope, owner.userId), removeMember(project.scope, second.userId)];
    expect((await Promise.all(removals)).sort()).toEqual(["last-owner", null]);
    expect((await listMembers(project.scope)).filter(({ role }) => role === "owner")).toHaveLength(1);
  });
});

describe("a change", () => {
  test("holds from the next request on", async () => {
    const person = await createPerson(project.id, "member");
    visit(person.cookie);
    expect((await requireProject(project.slug, "member")).role).toBe("member");
    await changeMember(project.scope, person.userId, { role: "viewer", tenants: ["acme", "umbrella"] });
    expect(await outcome(() => requireProject(project.slug, "member"))).toBe("404");
    expect((await requireProject(project.slug)).scope.tenants).toEqual(["acme", "umbrella"]);
    await removeMember(project.scope, person.userId);
    expect(await outcome(() => requireProject(project.slug))).toBe("404");
  });

  test("of the role lifts the limit to tenants for all but viewers", async () => {
    const person = await createPerson(project.id, "viewer", ["acme"]);
    await changeMember(project.scope, person.userId, { role: "member", tenants: ["acme"] });
    visit(person.cookie);
    expect((await requireProject(project.slug)).scope.tenants).toBe("all");
  });

  test("does not reach into another project", async () => {
    const other = await createProject();
    const stranger = await createPerson(other.id, "viewer");
    expect(await changeMember(project.scope, stranger.userId, { role: "owner", tenants: "all" })).toBe("unknown");
    expect(await removeMember(project.scope, stranger.userId)).toBe("unknown");
    expect(await listMembers(other.scope)).toMatchObject([{ userId: stranger.userId, role: "viewer" }]);
  });
});
