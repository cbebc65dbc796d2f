declare const proven: unique symbol;

export type Role = "owner" | "member" | "viewer";

/**
 * What somebody may see: the first argument of every query. Made only in `lib/auth`, by `requireUser()`,
 * `requireProject()` or `requireApiKey()`; the brand keeps any other code from inventing one.
 */
export type Scope = Readonly<{
  projectId: number;
  /** A key that reads has the role `viewer`; one that only ingests may read nothing. */
  role: Role | "ingest";
  /** Tenants that may be seen: all, or only the ones listed. */
  tenants: "all" | readonly string[];
  /** An API key is bound to one environment; a person sees all of the project. */
  environment: "all" | string;
}> & { readonly [proven]: true };
