import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { toDecimalUsd } from "@/lib/money";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { toContract } from "@/lib/pricing/contract";
import { contractSchema } from "@/lib/pricing/contract-schema";
import { priceCall } from "@/lib/pricing/cost";

test("the example of docs/contract.md is what the engine works out", () => {
  const dates = { from: "2026-11-01", to: null, note: "" };
  const any = { provider: null, platform: null, model: null };
  const overrides = contractSchema.parse([
    { kind: "alias", id: "a1", ...dates, model: "support-model", target: "claude-opus-5" },
    { kind: "adjustment", id: "d1", ...dates, ...any, provider: "anthropic", percent: "-12.5" },
    { kind: "adjustment", id: "p1", ...dates, ...any, platform: "bedrock", percent: "3" },
  ]);
  const tokens = { input: 1234, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 777, output: 301 };
  const usage = {
    ...{ parts: [{ model: "support-model", tokens, billable: true }], webSearchRequests: 0, serviceTier: "standard" },
    ...{ speed: "standard", inferenceGeo: null, notes: [], source: "provider" as const },
  };
  const context = {
    ...{ provider: "unknown", platform: "bedrock", occurredAt: new Date("2026-11-20T12:00:00Z") },
    ...{ location: "eu-central-1", stopReason: null, statusCode: 200 },
  };
  const prices = { version: 1, book: PRICE_BOOK, contract: toContract(overrides, PRICE_BOOK) };
  const [line] = priceCall(usage, context, prices);
  expect(line).toMatchObject({
    ...{ model: "support-model", status: "priced", priceId: "anthropic/claude-opus-5@2026-07-24", notes: ["by_alias"] },
    multipliers: ["regional_1.1", "contract/d1_0.875", "contract/p1_1.03"],
    cost: { input: 6_116_783_750n, cacheRead: 385_149_188n, output: 7_460_096_875n },
    ...{ costUsdPicos: 13_962_029_813n, listCostUsdPicos: 15_491_850_000n },
  });
  const { cost, costUsdPicos, listCostUsdPicos } = line ?? expect.unreachable();
  const amounts = [cost?.input, cost?.cacheRead, cost?.output, costUsdPicos, listCostUsdPicos].map(
    (picos) => picos ?? 0n,
  );
  const saved = (listCostUsdPicos ?? 0n) - (costUsdPicos ?? 0n);
  const text = readFileSync("docs/contract.md", "utf8");
  for (const amount of [...amounts, saved]) expect(text).toContain(`$${toDecimalUsd(amount)}`);
});
