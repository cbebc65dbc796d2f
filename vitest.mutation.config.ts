import { defineConfig } from "vitest/config";
import { alias } from "./vitest.config";

/** For `npm run mutation` (stryker.config.json): hundreds of random calls for each mutant instead of ten thousand. */
export default defineConfig({
  resolve: { alias },
  test: { include: ["tests/mutation/*.test.ts"], env: { TZ: "Asia/Kathmandu", EXACT_CALLS: "200" } },
});
