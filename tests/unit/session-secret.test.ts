import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";
import { sessionSecret, weaknessOf } from "@/scripts/session-secret";

test.each([
  ["secret", "has 6 characters, fewer than 32"],
  ["a".repeat(31), "has 31 characters, fewer than 32"],
  ["a".repeat(64), "repeats a few characters"],
  ["0000000000000000000000000000000000000000000000000000000000000000", "repeats a few characters"],
  ["1234512345123451234512345123451234512345", "repeats a few characters"],
  ["changeme-changeme-changeme-changeme", "is an example from documentation"],
  ["your-secret-your-secret-your-secret", "is an example from documentation"],
  ["mysecret_mysecret_mysecret_mysecret_12", "is an example from documentation"],
  ["nextauth-secret-example-password-changeme", "is an example from documentation"],
])("the secret %s %s", (secret, weakness) => {
  expect(weaknessOf(secret)).toBe(weakness);
  expect(() => sessionSecret(readEnv({ NEXTAUTH_SECRET: secret }))).toThrow(`NEXTAUTH_SECRET ${weakness}.`);
});

test("a random secret is used as it is", () => {
  const secret = "rJ3vN0x2sV8nq4Kp7TtYw1uZbC5dE6fG";
  expect(sessionSecret(readEnv({ NEXTAUTH_SECRET: secret }))).toBe(secret);
});

test("without one, a secret is made once, kept, and readable by its owner only", () => {
  const settings = readEnv({ DATA_DIR: mkdtempSync(path.join(tmpdir(), "spendtrace-secret-")) });
  const made = sessionSecret(settings);
  expect(weaknessOf(made)).toBeUndefined();
  expect(sessionSecret(settings)).toBe(made);
  expect(statSync(path.join(settings.DATA_DIR, "nextauth-secret")).mode & 0o777).toBe(0o600);
});
