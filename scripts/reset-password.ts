import { prepareDatabase } from "@/lib/database/prepare-database";
import { readEnv } from "@/lib/env";

/**
 * `npm run reset-password -- mira@example.com`: prints a link by which this person sets a new password, once, within a week. For an
 * owner whom nobody else can help. With the embedded database the server has to be stopped meanwhile.
 */
async function main(address: string | undefined): Promise<void> {
  const database = await prepareDatabase(readEnv(process.env), console.log);
  process.env.DATABASE_URL = database.url;
  // Loaded only now: they read the environment that the line above completes.
  const { emailSchema } = await import("@/lib/auth/schema");
  const { createPasswordLink } = await import("@/lib/auth/one-time-link");
  const { closeDb } = await import("@/lib/db");
  try {
    const email = emailSchema.safeParse(address ?? "");
    const link = email.success ? await createPasswordLink(email.data) : null;
    if (link === null) throw new Error(`Nobody signs in as "${address ?? ""}". Give the e-mail address of an account.`);
    console.log(`Open this link to set a new password; it works once, within a week:\n\n  ${link}\n`);
  } finally {
    await closeDb();
    await database.stop();
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
