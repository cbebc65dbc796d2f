import "server-only";
import { headers } from "next/headers";
import { z } from "zod";
import { type ProjectAccess, requireProject, requireUser } from "@/lib/auth/require-user";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { type ActionResult, type FieldErrors, fieldErrors } from "@/lib/auth/schema";
import type { Role } from "@/lib/auth/scope";
import type { SignedIn } from "@/lib/auth/session";
import { env } from "@/lib/env";

/** A refusal that the person can do something about; thrown by an action, shown at `field`, or at several fields. */
export class Refusal extends Error {
  readonly errors: FieldErrors;

  constructor(reason: string | FieldErrors, field = "form") {
    super(typeof reason === "string" ? reason : Object.values(reason).join("; "));
    this.errors = typeof reason === "string" ? { [field]: reason } : reason;
  }
}

async function run<T, V>(
  schema: z.ZodType<T>,
  input: unknown,
  work: (parsed: T) => Promise<V>,
): Promise<ActionResult<V>> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  try {
    return { ok: true, value: await work(parsed.data) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, errors: error.errors };
    throw error;
  }
}

/** Throws unless the request came from a page of this site. Next compares too, but lets a request without `Origin` pass. */
export async function requireSameOrigin(): Promise<void> {
  if (!isSameOrigin(await headers(), env().NEXTAUTH_URL)) throw new Error("This request did not come from this site.");
}

/**
 * A server action on a project: same origin, a session, the role, then the strictly parsed input, in this order.
 * Whoever may not gets 404 as for a project that is not there.
 */
export function projectAction<T, V>(
  minRole: Role,
  schema: z.ZodType<T>,
  work: (access: ProjectAccess, input: T) => Promise<V>,
): (slug: string, input: unknown) => Promise<ActionResult<V>> {
  return async (slug, input) => {
    await requireSameOrigin();
    const access = await requireProject(z.string().parse(slug), minRole);
    return run(schema, input, (parsed) => work(access, parsed));
  };
}

/** A server action on the own account: same origin, a session, then the strictly parsed input. */
export function accountAction<T, V>(
  schema: z.ZodType<T>,
  work: (signedIn: SignedIn, input: T) => Promise<V>,
): (input: unknown) => Promise<ActionResult<V>> {
  return async (input) => {
    await requireSameOrigin();
    const signedIn = await requireUser();
    return run(schema, input, (parsed) => work(signedIn, parsed));
  };
}

/** A server action of somebody who is not signed in but holds a token in his input: same origin, then the strictly parsed input. */
export function tokenAction<T, V>(
  schema: z.ZodType<T>,
  work: (input: T) => Promise<V>,
): (input: unknown) => Promise<ActionResult<V>> {
  return async (input) => {
    await requireSameOrigin();
    return run(schema, input, work);
  };
}
