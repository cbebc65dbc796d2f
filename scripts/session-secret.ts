import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Env, EnvError } from "@/lib/env";

const SHORTEST = 32;
// Values that documentation and templates print, and that people leave in place.
const EXAMPLES = [
  "secret",
  "changeme",
  "change-me",
  "change_me",
  "mysecret",
  "your-secret",
  "example",
  "password",
  "nextauth",
];

/** A secret that does not protect; the message says why. */
export class WeakSecretError extends EnvError {}

/** The secret that signs sessions: the one of the environment, else the one kept in `DATA_DIR`, made at first use. Throws `WeakSecretError`. */
export function sessionSecret({ NEXTAUTH_SECRET, DATA_DIR }: Env): string {
  if (NEXTAUTH_SECRET === undefined) return keptSecret(DATA_DIR);
  const weakness = weaknessOf(NEXTAUTH_SECRET);
  if (weakness) {
    throw new WeakSecretError(
      `NEXTAUTH_SECRET ${weakness}. Use 32 random characters or more, or leave it unset to have one made.`,
    );
  }
  return NEXTAUTH_SECRET;
}

/** Why a secret is too easy to guess, as the end of a sentence; undefined for a good one. */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < SHORTEST) return `has ${secret.length} characters, fewer than ${SHORTEST}`;
  const letters = secret.toLowerCase();
  // Longer than the minimum by repeating or padding an example: "changeme-changeme-changeme-changeme".
  const rest = EXAMPLES.reduce((text, example) => text.replaceAll(example, ""), letters).replace(/[^a-z0-9]/g, "");
  if (rest.length < SHORTEST / 2 && rest.length < letters.length) return "is an example from documentation";
  return new Set(secret).size < 10 ? "repeats a few characters" : undefined;
}

function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, "nextauth-secret");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}
