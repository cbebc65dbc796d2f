import path from "node:path";
import { defineConfig } from "vitest/config";

export const alias = {
  "@": path.resolve(import.meta.dirname),
  // The marker package throws outside a React server build; in a test there is no client to protect.
  "server-only": path.resolve(import.meta.dirname, "tests/support/server-only.ts"),
};

const setupFiles = [path.resolve(import.meta.dirname, "tests/support/property-seed.ts")];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          env: { TZ: "Asia/Kathmandu" },
          setupFiles,
          testTimeout: 30_000,
        },
      },
      { test: { name: "sdk", include: ["sdk/tests/**/*.test.ts"], testTimeout: 30_000, maxWorkers: 3, setupFiles } },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          env: { TZ: "Asia/Kathmandu", NEXTAUTH_SECRET: "only-for-tests-0123456789abcdefghij" },
          setupFiles,
          globalSetup: ["tests/support/database.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // One embedded database serves one session: files take turns.
          fileParallelism: false,
        },
      },
    ],
  },
});
