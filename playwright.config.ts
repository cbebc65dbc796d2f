import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/support/browser";

// Workers read this file again: they find the directory of the run in the environment.
process.env.E2E_DIR ??= mkdtempSync(path.join(tmpdir(), "spendtrace-e2e-"));
const port = process.env.E2E_PORT ?? "3217";
const baseURL = `http://localhost:${port}`;
const storageState = path.join(process.env.E2E_DIR, "signed-in.json");

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: { baseURL, launchOptions: findBrowser(), trace: "retain-on-failure", timezoneId: "UTC", locale: "en-US" },
  projects: [
    { name: "sign-in", testMatch: "sign-in.setup.ts" },
    {
      name: "desktop",
      dependencies: ["sign-in"],
      use: { storageState, viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      dependencies: ["sign-in"],
      testMatch: "pages.test.ts",
      use: { storageState, viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true },
    },
  ],
  // The product as a newcomer meets it: the production build with the sample data.
  webServer: {
    command: "npm run demo",
    env: { PORT: port, DATA_DIR: process.env.E2E_DIR, NEXTAUTH_URL: "", DATABASE_URL: "", LOG_LEVEL: "warn" },
    wait: { stdout: /once:\s+(?<e2e_sign_in_link>http\S+)[\s\S]*Bearer (?<e2e_api_key>[^"]+)"/ },
    timeout: 300_000,
    stdout: "ignore",
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
  },
});
