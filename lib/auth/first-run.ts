import "server-only";
import { createApiKey } from "@/lib/auth/api-keys";
import { createLinkToken, linkUrl } from "@/lib/auth/one-time-link";
import { hashPassword } from "@/lib/auth/password";
import { createProject } from "@/lib/auth/projects";
import { emailSchema, passwordSchema, projectNameSchema } from "@/lib/auth/schema";
import { hashSecret } from "@/lib/auth/secret";
import { ownEverything, withSetUpLock } from "@/lib/auth/set-up";
import { now } from "@/lib/clock";
import { EnvError, env } from "@/lib/env";

/** A `SPENDTRACE_INIT_*` variable that cannot be used; the message names it and its rule. */
export class FirstRunError extends EnvError {}

/**
 * Called at every start, after the migrations. Does what the `SPENDTRACE_INIT_*` variables ask for (owner, project, key), each only
 * where it is not there yet, and makes a set-up link while there is no owner. Safe on several instances at once.
 * @returns what the operator should read on his terminal: the set-up link, or nothing.
 * @throws FirstRunError
 */
export async function prepareFirstRun(): Promise<string[]> {
  const wanted = await readWanted();
  return withSetUpLock(async (db) => {
    const people = await db.user.count();
    if (wanted.key !== undefined || (wanted.owner && people === 0)) {
      const found = await db.project.findFirst({ where: { OR: [{ slug: wanted.project }, { name: wanted.project }] } });
      const project = found ?? (await createProject(db, wanted.project));
      if (wanted.key !== undefined) {
        const known = await db.apiKey.findUnique({ where: { secretHash: hashSecret(wanted.key) } });
        const key = { name: "From the settings", environment: "production", scopes: ["ingest", "read"] } as const;
        if (!known) await createApiKey(project.id, key, null, { db, secret: wanted.key });
      }
    }
    if (people > 0) return [];
    if (!wanted.owner) {
      const link = linkUrl("setup", await createLinkToken("setup", null, now(), db));
      return ["Nobody owns this server yet. Open this link to set it up; it works once:", `  ${link}`];
    }
    const { email, passwordHash } = wanted.owner;
    const { id } = await db.user.create({ data: { email, name: email.split("@")[0] ?? email, passwordHash } });
    await ownEverything(db, id);
    return [];
  });
}

type Wanted = { owner: { email: string; passwordHash: string } | null; key: string | undefined; project: string };

async function readWanted(): Promise<Wanted> {
  const given = env();
  const { SPENDTRACE_INIT_OWNER_EMAIL: email, SPENDTRACE_INIT_OWNER_PASSWORD: password } = given;
  if ((email === undefined) !== (password === undefined)) {
    throw new FirstRunError(
      "SPENDTRACE_INIT_OWNER_EMAIL and SPENDTRACE_INIT_OWNER_PASSWORD make an owner together: set both, or neither",
    );
  }
  const project = check("SPENDTRACE_INIT_PROJECT", projectNameSchema.safeParse(given.SPENDTRACE_INIT_PROJECT));
  const key = given.SPENDTRACE_INIT_API_KEY;
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    throw new FirstRunError("SPENDTRACE_INIT_API_KEY: only visible ASCII characters, as it is sent in a header");
  }
  if (email === undefined || password === undefined) return { owner: null, key, project };
  const owner = {
    email: check("SPENDTRACE_INIT_OWNER_EMAIL", emailSchema.safeParse(email)),
    passwordHash: await hashPassword(check("SPENDTRACE_INIT_OWNER_PASSWORD", passwordSchema.safeParse(password))),
  };
  return { owner, key, project };
}

type Parsed = { success: true; data: string } | { success: false; error: { issues: readonly { message: string }[] } };

function check(name: string, parsed: Parsed): string {
  if (parsed.success) return parsed.data;
  throw new FirstRunError(`${name}: ${parsed.error.issues[0]?.message ?? "not accepted"}`);
}
