import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { envSchema, readEnv } from "@/lib/env";

function exampleSettings(): Record<string, string> {
  const lines = readFileSync(".env.example", "utf8").split("\n");
  const settings = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split("="));
  return Object.fromEntries(settings.map(([name = "", ...value]) => [name, value.join("=")]));
}

test(".env.example names every setting, and no other", () => {
  expect(Object.keys(exampleSettings())).toEqual(Object.keys(envSchema.shape));
});

test(".env.example shows the defaults: used as it is, it changes nothing", () => {
  expect(readEnv(exampleSettings())).toEqual(readEnv({}));
});

test("the defaults", () => {
  expect(readEnv({})).toEqual({
    DATA_DIR: path.resolve(".data"),
    HOST: "0.0.0.0",
    PORT: 3000,
    LOG_LEVEL: "info",
    SPENDTRACE_RETENTION_MONTHS: 25,
    SPENDTRACE_TRUSTED_PROXIES: 0,
    SPENDTRACE_INIT_PROJECT: "default",
    SPENDTRACE_DEMO: false,
  });
});

test.each([
  [{ DATABASE_URL: "mysql://root@localhost/spend" }, "DATABASE_URL: must be a URL that starts with postgresql://"],
  [{ PORT: "70000" }, "PORT: Too big: expected number to be <=65535"],
  [{ NEXTAUTH_URL: "spend.example.com" }, "NEXTAUTH_URL: must be an address that starts with http:// or https://"],
  [{ SPENDTRACE_RETENTION_MONTHS: "0" }, "SPENDTRACE_RETENTION_MONTHS: Too small: expected number to be >=1"],
  [{ SPENDTRACE_INIT_API_KEY: "short" }, "SPENDTRACE_INIT_API_KEY: must have at least 24 characters"],
])("%o is refused by name and rule", (settings, message) => {
  expect(() => readEnv(settings)).toThrow(message);
});
