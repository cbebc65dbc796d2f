import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { changePassword } from "@/lib/auth/change-password";
import { ACCOUNT_ATTEMPTS, ADDRESS_ATTEMPTS, clientAddress } from "@/lib/auth/limiter";
import { createSignInLink } from "@/lib/auth/one-time-link";
import { hashPassword } from "@/lib/auth/password";
import { findUser } from "@/lib/auth/require-user";
import { findSession, listOpenSessions, revokeSessions, startSession } from "@/lib/auth/session";
import { signInWithLink, signInWithPassword } from "@/lib/auth/sign-in";
import { writeDb } from "@/lib/db";
import { createPerson, openSession, visit } from "@/tests/support/visitor";

vi.mock("next/headers", () => import("@/tests/support/visitor"));

const PASSWORD = "correct horse battery";
const HOUR_MS = 3_600_000;
let passwordHash: string;
let email: string;
let userId: string;
let address: string;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

beforeEach(async () => {
  email = `${randomUUID()}@acme.example`;
  address = `10.${[1, 2, 3].map(() => Math.floor(Math.random() * 256)).join(".")}`;
  ({ id: userId } = await writeDb().user.create({ data: { email, name: "Mira", passwordHash } }));
});

const visitor = (from = address) => ({ address: from, userAgent: "test", now: new Date() });
const signIn = (password: string, from?: string) => signInWithPassword(email, password, visitor(from));

describe("a password", () => {
  test("that is right opens a session, under whatever spelling of the address", async () => {
    const result = await signInWithPassword(` ${email.toUpperCase()}`, PASSWORD, visitor());
    expect(result).toMatchObject({ ok: true, userId });
  });

  test("opens a new session each time", async () => {
    const [first, second] = [await signIn(PASSWORD), await signIn(PASSWORD)];
    expect(first.ok && second.ok && first.sessionId !== second.sessionId).toBe(true);
  });

  test("that is wrong, an address that is unknown, empty or no address, and a closed account answer the same", async () => {
    const wrong = { ok: false, reason: "wrong" };
    expect(await signIn("wrong horse battery")).toEqual(wrong);
    expect(await signInWithPassword(`${randomUUID()}@acme.example`, PASSWORD, visitor())).toEqual(wrong);
    expect(await signInWithPassword("", PASSWORD, visitor())).toEqual(wrong);
    expect(await signInWithPassword("no address\0", "", visitor())).toEqual(wrong);
    await writeDb().user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await signIn(PASSWORD)).toEqual(wrong);
  });

  test("of an account that never had one is wrong, also an empty one", async () => {
    await writeDb().user.update({ where: { id: userId }, data: { passwordHash: null } });
    expect(await signIn("")).toEqual({ ok: false, reason: "wrong" });
  });

  test("takes about as long for an unknown address as for a known one", async () => {
    await signIn("wrong horse battery");
    const time = async (who: string) => {
      const started = performance.now();
      await signInWithPassword(who, "wrong horse battery", visitor(`10.9.9.${Math.floor(Math.random() * 256)}`));
      return performance.now() - started;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let n = 0; n < 8; n++) {
      known.push(await time(email));
      unknown.push(await time(`${randomUUID()}@acme.example`));
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[4] ?? 0;
    // The hash alone takes far longer than everything else: without it the unknown address would take a third.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.6);
  });
});

describe("the limiter", () => {
  test(`closes an account after ${ACCOUNT_ATTEMPTS} wrong passwords, also for the right one and from elsewhere`, async () => {
    for (let n = 0; n < ACCOUNT_ATTEMPTS; n++) expect(await signIn("wrong")).toMatchObject({ reason: "wrong" });
    const refused = await signIn(PASSWORD, "10.200.0.1");
    expect(refused).toMatchObject({ ok: false, reason: "too-many" });
    expect(!refused.ok && refused.reason === "too-many" && refused.retryAfterSeconds).toBeGreaterThan(880);
  });

  test("lets no more through when attempts come side by side", async () => {
    const results = await Promise.all(Array.from({ length: 40 }, () => signIn("wrong")));
    expect(results.filter((result) => !result.ok && result.reason === "wrong")).toHaveLength(ACCOUNT_ATTEMPTS);
  });

  test("treats an unknown address like a known one", async () => {
    const unknown = `${randomUUID()}@acme.example`;
    const attempt = () => signInWithPassword(unknown, "wrong", visitor());
    for (let n = 0; n < ACCOUNT_ATTEMPTS; n++) await attempt();
    expect(await attempt()).toMatchObject({ reason: "too-many" });
  });

  test("starts anew with the right password", async () => {
    for (let n = 0; n < ACCOUNT_ATTEMPTS - 1; n++) await signIn("wrong");
    expect(await signIn(PASSWORD)).toMatchObject({ ok: true });
    expect(await signIn("wrong")).toMatchObject({ reason: "wrong" });
  });

  test(`closes an address after ${ADDRESS_ATTEMPTS} attempts on as many accounts`, async () => {
    const attempts = Array.from({ length: ADDRESS_ATTEMPTS }, (_, n) => `${n}-${randomUUID()}@acme.example`);
    for (const unknown of attempts) await signInWithPassword(unknown, "wrong", visitor());
    expect(await signIn(PASSWORD)).toMatchObject({ reason: "too-many" });
    expect(await signIn(PASSWORD, "10.200.0.2")).toMatchObject({ ok: true });
  });

  test.each([
    ["203.0.113.7", 0, "203.0.113.7"],
    ["1.2.3.4, 203.0.113.7", 0, "203.0.113.7"],
    ["1.2.3.4, 203.0.113.7, 10.0.0.2", 1, "203.0.113.7"],
    ["203.0.113.7", 2, "203.0.113.7"],
    ["::ffff:203.0.113.7", 0, "203.0.113.7"],
    ["2001:db8::7", 0, "2001:db8::7"],
    ["1.2.3.4, a'; DROP TABLE", 0, "unknown"],
    [null, 0, "unknown"],
  ])("takes %j behind %i proxies for %s: what the client itself wrote does not count", (header, proxies, from) => {
    expect(clientAddress(header, proxies)).toBe(from);
  });
});

describe("a session", () => {
  test("that is revoked ends with the next request", async () => {
    const person = await createPerson(null);
    visit(person.cookie);
    expect((await findUser())?.user.id).toBe(person.userId);
    await revokeSessions(person.userId, { only: person.sessionId }, new Date());
    expect(await findUser()).toBeNull();
  });

  test("ends with the account", async () => {
    const person = await createPerson(null);
    await writeDb().user.update({ where: { id: person.userId }, data: { disabledAt: new Date() } });
    visit(person.cookie);
    expect(await findUser()).toBeNull();
  });

  test("is not to be had by another cookie", async () => {
    const person = await createPerson(null);
    for (const cookie of ["", "x", person.sessionId, `${person.cookie.slice(0, -4)}AAAA`]) {
      visit(cookie);
      expect(await findUser()).toBeNull();
    }
  });

  test("ends after twelve idle hours, or a week in any case", async () => {
    const started = new Date("2026-11-01T00:00:00Z");
    const id = await startSession(userId, "test", started);
    const at = (hours: number) => new Date(started.getTime() + hours * HOUR_MS);
    expect(await findSession(id, at(11.9))).not.toBeNull();
    expect(await findSession(id, at(30))).toBeNull();
    for (let hours = 0; hours < 24 * 7; hours += 6) {
      await writeDb().session.update({ where: { id }, data: { lastSeenAt: at(hours) } });
    }
    expect(await findSession(id, at(24 * 7 - 1))).not.toBeNull();
    expect(await findSession(id, at(24 * 7))).toBeNull();
  });

  test("of another person cannot be revoked", async () => {
    const other = await createPerson(null);
    expect(await revokeSessions(userId, { only: other.sessionId }, new Date())).toBe(0);
  });

  test("survives a change of password, all others of the person end", async () => {
    const own = await openSession(userId);
    await openSession(userId);
    const signedIn = { sessionId: own.sessionId, user: { id: userId, email, name: "Mira" } };
    expect(await changePassword(signedIn, "wrong", "another horse battery", new Date())).toBe("wrong");
    expect(await listOpenSessions(userId, new Date())).toHaveLength(2);
    expect(await changePassword(signedIn, PASSWORD, "another horse battery", new Date())).toBe("changed");
    expect((await listOpenSessions(userId, new Date())).map(({ id }) => id)).toEqual([own.sessionId]);
    expect(await signIn(PASSWORD)).toMatchObject({ reason: "wrong" });
    expect(await signIn("another horse battery")).toMatchObject({ ok: true });
  });
});

describe("a sign-in link", () => {
  const tokenOf = (link: string) => new URL(link).searchParams.get("token") ?? "";

  test("signs in once, also when two browsers open it at the same moment", async () => {
    const token = tokenOf(await createSignInLink(email));
    const results = await Promise.all([signInWithLink(token, visitor()), signInWithLink(token, visitor())]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await signInWithLink(token, visitor())).toEqual({ ok: false, reason: "wrong" });
  });

  test("is over after a day, and when a newer one is made", async () => {
    const old = tokenOf(await createSignInLink(email));
    const token = tokenOf(await createSignInLink(email));
    const tomorrow = { ...visitor(), now: new Date(Date.now() + 24 * HOUR_MS) };
    expect(await signInWithLink(token, tomorrow)).toMatchObject({ ok: false });
    expect(await signInWithLink(old, visitor())).toMatchObject({ ok: false });
    expect(await signInWithLink(token, visitor())).toMatchObject({ ok: true });
  });

  test("is stored as a hash only", async () => {
    const token = tokenOf(await createSignInLink(email));
    const rows = await writeDb().$queryRaw<{ dump: string }[]>`SELECT one_time_link::text AS dump FROM one_time_link`;
    expect(rows.some(({ dump }) => dump.includes(token))).toBe(false);
  });
});
