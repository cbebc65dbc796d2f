import type { Scope } from "@/lib/auth/scope";

/** Marks what was proven as a `Scope`. Only for the files of `lib/auth` that have just proven it. */
export function proveScope(proven: Omit<Scope, keyof Scope & symbol>): Scope {
  return Object.freeze({ ...proven }) as Scope;
}
