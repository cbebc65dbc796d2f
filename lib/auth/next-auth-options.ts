import "server-only";
import type { NextAuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { clientAddress } from "@/lib/auth/limiter";
import { safePath } from "@/lib/auth/safe-path";
import { revokeSessions, SESSION_SECONDS } from "@/lib/auth/session";
import { type SignInResult, signInWithLink, signInWithPassword, type Visitor } from "@/lib/auth/sign-in";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

type Request = { headers?: Record<string, unknown> | undefined };
type Account = User & { sessionId: string };

/** The name of the cookie, by whether the site is reached over https: `__Secure-` cookies exist only there. */
export function sessionCookieName(): string {
  const isSecure = env().NEXTAUTH_URL?.startsWith("https://") ?? false;
  return `${isSecure ? "__Secure-" : ""}next-auth.session-token`;
}

/** What encrypts the cookies: never a default. */
export function authSecret(): string {
  const secret = env().NEXTAUTH_SECRET;
  if (secret === undefined) throw new Error("NEXTAUTH_SECRET is not set: start with `npm start`, which makes one");
  return secret;
}

function visitor(request: Request): Visitor {
  const header = (name: string) => String(request.headers?.[name] ?? "");
  const address = clientAddress(header("x-forwarded-for"), env().SPENDTRACE_TRUSTED_PROXIES);
  return { address, userAgent: header("user-agent"), now: now() };
}

/** next-auth shows the message of what is thrown to the browser: only these three words may get there. */
async function account(signIn: () => Promise<SignInResult>): Promise<Account | null> {
  let result: SignInResult;
  try {
    result = await signIn();
  } catch (error) {
    log.error({ err: error }, "sign-in failed");
    throw new Error("unavailable");
  }
  if (result.ok) return { id: result.userId, sessionId: result.sessionId };
  if (result.reason === "too-many") throw new Error(`too-many:${result.retryAfterSeconds}`);
  return null;
}

/** Two ways in, password and one-time link. The cookie holds nothing but the id of the session row. */
export function nextAuthOptions(): NextAuthOptions {
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        id: "password",
        credentials: { email: {}, password: {} },
        authorize: (given, request) =>
          account(() => signInWithPassword(given?.email ?? "", given?.password ?? "", visitor(request))),
      }),
      Credentials({
        id: "link",
        credentials: { token: {} },
        authorize: (given, request) => account(() => signInWithLink(given?.token ?? "", visitor(request))),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user ? { sub: user.id, sid: (user as Account).sessionId } : { sub: token.sub, sid: token.sid },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
        return `${baseUrl}${safePath(path)}`;
      },
    },
    events: {
      signOut: async ({ token }) => {
        const { sub, sid } = token ?? {};
        if (sub && typeof sid === "string") await revokeSessions(sub, { only: sid }, now());
      },
    },
    logger: {
      error: (code, metadata) =>
        log.warn({ code, err: metadata instanceof Error ? metadata : metadata.error }, "sign-in"),
      warn: (code) => log.debug({ code }, "sign-in"),
      debug: () => undefined,
    },
  };
}
