import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { authSecret, sessionCookieName } from "@/lib/auth/next-auth-options";
import type { Role } from "@/lib/auth/scope";
import { startSession } from "@/lib/auth/session";
import { writeDb } from "@/lib/db";

/** The request that `next/headers` tells of; a test that mocks that module by this one speaks for whoever it likes. */
let sent: { cookie?: string; headers: Headers } = { headers: new Headers() };

export async function cookies() {
  return { get: (name: string) => (name === sessionCookieName() && sent.cookie ? { value: sent.cookie } : undefined) };
}

export async function headers(): Promise<Headers> {
  return sent.headers;
}

/** From now on requests carry this session cookie (none: signed out) and come from a page of the site unless `origin` says otherwise. */
export function visit(cookie?: string, origin: string | null = "http://localhost:3000"): void {
  const own = new Headers({ host: "localhost:3000" });
  if (origin !== null) own.set("origin", origin);
  sent = { cookie, headers: own };
}

export type Person = { userId: string; email: string; sessionId: string; cookie: string };

/** A person who is signed in, and in the project unless it is null. */
export async function createPerson(
  projectId: number | null,
  role: Role = "viewer",
  tenants: "all" | string[] = "all",
): Promise<Person> {
  const email = `${randomUUID()}@acme.example`;
  const { id: userId } = await writeDb().user.create({ data: { email, name: "Somebody" } });
  if (projectId !== null) {
    const limits = tenants === "all" ? {} : { allTenants: false, tenants };
    await writeDb().membership.create({ data: { userId, projectId, role, ...limits } });
  }
  return { userId, email, ...(await openSession(userId)) };
}

/** Another session of a person, as the cookie that a browser would hold. */
export async function openSession(userId: string, at = new Date()): Promise<{ sessionId: string; cookie: string }> {
  const sessionId = await startSession(userId, "test", at);
  return { sessionId, cookie: await encode({ token: { sub: userId, sid: sessionId }, secret: authSecret() }) };
}

/** What became of a visit: let in, sent to the sign-in page, or told that nothing is there. Other errors pass through. */
export async function outcome(work: () => unknown): Promise<string> {
  try {
    await work();
    return "in";
  } catch (error) {
    const digest = String((error as { digest?: unknown }).digest ?? "");
    if (digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;")) return digest.split(";")[1] ?? digest;
    if (digest.startsWith("NEXT_REDIRECT;")) return redirected(digest.split(";")[2] ?? digest);
    throw error;
  }
}

function redirected(to: string): string {
  return to.startsWith("/sign-in") ? "sign-in" : "in";
}
