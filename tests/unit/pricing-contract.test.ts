import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIST_PRICES, type Override, toContract } from "@/lib/pricing/contract";
import { overrideSchema, storeOverride } from "@/lib/pricing/contract-schema";
import { priceCall } from "@/lib/pricing/cost";
import type { PricedLine, PricingContext, TokenCounts, Usage } from "@/lib/pricing/schema";

const NONE: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };
const OWN = { input: "4", cache_create_5m: "5", cache_create_1h: "8", cache_read: "0.4", output: "20" };

type Sent = Partial<Omit<Usage, "parts">> &
  Partial<Omit<PricingContext, "occurredAt">> & { tokens?: Partial<TokenCounts>[] | Partial<TokenCounts>; at?: string };

/** Terms without an end, of everything, unless told. */
const terms = { id: "t1", from: "2026-01-01", to: null, note: "" };
const everything = { provider: null, platform: null, model: null };
const discount = (percent: string, rest = {}) => ({ kind: "adjustment", ...terms, ...everything, percent, ...rest });
const own = (model: string, rest = {}) => ({ kind: "rates", ...terms, model, platform: null, rates: OWN, ...rest });
const alias = (model: string, target: string, rest = {}) => ({ kind: "alias", ...terms, model, target, ...rest });

/** Line 0 of a call of 1,000 fresh tokens to the API at noon, unless told otherwise, under a contract. */
function price(model: string, contract: readonly unknown[], { tokens, at, ...sent }: Sent = {}): PricedLine {
  const parts = [tokens ?? { input: 1_000 }].flat().map((some) => ({
    model,
    billable: true,
    tokens: { ...NONE, ...some },
  }));
  const standard = { webSearchRequests: 0, serviceTier: "standard", speed: "standard", inferenceGeo: null, notes: [] };
  const context = { provider: "anthropic", platform: "anthropic", location: null, stopReason: null, statusCode: 200 };
  const overrides = contract.map((override) => overrideSchema.parse(override));
  const [line] = priceCall(
    { ...standard, source: "provider", ...sent, parts },
    { ...context, ...sent, occurredAt: new Date(at ?? "2026-11-20T12:00:00Z") },
    { ...LIST_PRICES, contract: toContract(overrides, LIST_PRICES.book) },
  );
  if (!line) throw new Error("no line");
  return line;
}

describe("a discount or premium", () => {
  test("multiplies the list price and all others, in the order of their first days", () => {
    const contract = [
      discount("5", { id: "gateway", from: "2026-06-01", platform: "anthropic" }),
      discount("-10", { id: "spend", provider: "anthropic" }),
    ];
    expect(price("claude-opus-5", contract, { serviceTier: "batch" })).toMatchObject({
      listCostUsdPicos: 2_500_000_000n,
      costUsdPicos: 2_362_500_000n,
      priceId: "anthropic/claude-opus-5@2026-07-24",
      multipliers: ["batch_0.5", "contract/spend_0.9", "contract/gateway_1.05"],
      notes: [],
    });
  });

  test("that makes a call dearer than a column can hold leaves it without a price", () => {
    const premium = [discount("1000", { id: "a" }), discount("1000", { id: "b", platform: "anthropic" })];
    const tokens = { input: 1_000_000_000, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 1_000_000_000 };
    const unpriced = { status: "unpriced", reason: "cost_out_of_range", cost: null, costUsdPicos: null };
    // $30,000 at list, times 11, times 11 is $3.63M; times 11 once more is past $9.2M.
    expect(price("claude-opus-5", premium, { tokens }).costUsdPicos).toBe(3_630_000_000_000_000_000n);
    const third = discount("1000", { id: "c", model: "claude-opus-5" });
    expect(price("claude-opus-5", [...premium, third], { tokens })).toMatchObject(unpriced);
  });

  test.each<[string, object]>([
    ["another provider", { provider: "openai" }],
    ["another platform", { platform: "bedrock" }],
    ["another model", { model: "claude-opus-5-5" }],
    ["days that are over", { to: "2026-11-20" }],
    ["days to come", { from: "2026-11-21" }],
  ])("of %s leaves the list price", (_, rest) => {
    const line = price("claude-opus-5", [discount("-10", rest)]);
    expect(line).toMatchObject({ costUsdPicos: 5_000_000_000n, multipliers: [] });
  });

  test.each<[string, object]>([
    ["its provider", { provider: "anthropic" }],
    ["another spelling of its model", { model: "us.anthropic.claude-opus-5" }],
    ["its first day", { from: "2026-11-20" }],
    ["its last day", { to: "2026-11-21" }],
  ])("of %s counts", (_, rest) => {
    expect(price("claude-opus-5", [discount("-10", rest)]).costUsdPicos).toBe(4_500_000_000n);
  });

  test("counts for web searches and fast calls as well", () => {
    const line = price("claude-opus-5", [discount("-50")], { speed: "fast", webSearchRequests: 1 });
    expect(line).toMatchObject({ listCostUsdPicos: 20_000_000_000n, costUsdPicos: 10_000_000_000n, tier: "fast" });
    expect(line.cost).toMatchObject({ input: 5_000_000_000n, webSearch: 5_000_000_000n });
  });

  // One token costs 100,000 picodollars.
  test.each<[string, bigint]>([
    ["0.0004", 100_000n],
    ["0.0005", 100_001n],
    ["-0.0005", 100_000n],
    ["-0.0006", 99_999n],
    ["-100", 0n],
    ["1000", 1_100_000n],
  ])("of %s %% is rounded half up to a picodollar", (percent, cost) => {
    expect(price("claude-haiku-5-5", [discount(percent)], { tokens: { input: 1 } }).costUsdPicos).toBe(cost);
  });

  test("is rounded once for all factors, and for each kind of token", () => {
    const both = [discount("0.0004", { id: "a" }), discount("0.0004", { id: "b", provider: "anthropic" })];
    expect(price("claude-haiku-5-5", both, { tokens: { input: 1 } }).costUsdPicos).toBe(100_001n);
    const half = [discount("0.0005")];
    const line = price("claude-haiku-5-5", half, { tokens: { input: 1, output: 1 } });
    expect(line.cost).toMatchObject({ input: 100_001n, output: 500_003n });
    expect(line).toMatchObject({ costUsdPicos: 600_004n, listCostUsdPicos: 600_000n });
  });

  test("that names a platform says that the list price holds there", () => {
    const onRouter = { platform: "openrouter" };
    const refused = { status: "unpriced", reason: "platform_not_priced", listCostUsdPicos: null };
    expect(price("anthropic/claude-opus-4.7", [discount("5")], onRouter)).toMatchObject(refused);
    expect(price("anthropic/claude-opus-4.7", [discount("5", { platform: "azure" })], onRouter)).toMatchObject(refused);
    expect(price("anthropic/claude-opus-4.7", [discount("5", onRouter)], onRouter)).toMatchObject({
      listCostUsdPicos: 5_000_000_000n,
      costUsdPicos: 5_250_000_000n,
    });
    // A cloud's spelling says that the cloud's premium holds, too.
    expect(price("eu.anthropic.claude-opus-4-7", [discount("5", onRouter)], onRouter)).toMatchObject({
      listCostUsdPicos: 5_500_000_000n,
      multipliers: ["regional_1.1", "contract/t1_1.05"],
    });
    expect(price("in-house-1", [discount("5", onRouter)], onRouter).reason).toBe("unknown_model");
  });
});

describe("own rates", () => {
  const line = (contract: readonly unknown[], sent?: Sent) => price("claude-opus-5", contract, sent);

  test("replace the list price of every kind, under any spelling, and take no discount", () => {
    const tokens = { input: 1_000, cacheCreate5m: 1_000, cacheCreate1h: 1_000, cacheRead: 1_000, output: 1_000 };
    const contract = [own("anthropic.claude-opus-5", { id: "mine" }), discount("-50", { id: "t2" })];
    expect(line(contract, { tokens })).toMatchObject({
      cost: {
        input: 4_000_000_000n,
        cacheCreate5m: 5_000_000_000n,
        cacheCreate1h: 8_000_000_000n,
        cacheRead: 400_000_000n,
        output: 20_000_000_000n,
        webSearch: 0n,
      },
      costUsdPicos: 37_400_000_000n,
      listCostUsdPicos: 46_750_000_000n,
      priceId: "contract/mine",
      tier: "base",
      multipliers: [],
      status: "priced",
      reason: null,
    });
  });

  test("for just the platform come before those for any", () => {
    const here = { id: "here", platform: "anthropic", rates: { ...OWN, input: "3" } };
    const elsewhere = { id: "there", platform: "bedrock", rates: { ...OWN, input: "2" } };
    const contract = [own("claude-opus-5", here), own("claude-opus-5"), own("claude-opus-5", elsewhere)];
    expect(line(contract)).toMatchObject({ costUsdPicos: 3_000_000_000n, priceId: "contract/here" });
    expect(line(contract, { platform: "foundry" })).toMatchObject({ costUsdPicos: 4_000_000_000n });
    expect(line([own("claude-opus-5", elsewhere)])).toMatchObject({ costUsdPicos: 5_000_000_000n });
  });

  test("hold on their days; on others the list price does", () => {
    const contract = [own("claude-opus-5", { from: "2026-11-01", to: "2026-11-20" })];
    expect(line(contract, { at: "2026-10-31T23:59:59.999Z" }).costUsdPicos).toBe(5_000_000_000n);
    expect(line(contract, { at: "2026-11-01T00:00:00Z" }).costUsdPicos).toBe(4_000_000_000n);
    expect(line(contract, { at: "2026-11-19T23:59:59.999Z" }).costUsdPicos).toBe(4_000_000_000n);
    expect(line(contract, { at: "2026-11-20T00:00:00Z" }).costUsdPicos).toBe(5_000_000_000n);
    const [former, next] = [{ to: "2026-11-20" }, { from: "2026-11-20", rates: { ...OWN, input: "3" } }];
    const turn = [own("claude-opus-5", { id: "n", ...next }), own("claude-opus-5", { id: "f", ...former })];
    expect(line(turn).costUsdPicos).toBe(3_000_000_000n);
    expect(line(turn, { at: "2026-11-19T12:00:00Z" }).costUsdPicos).toBe(4_000_000_000n);
  });

  test("take batch and regional factors, and searches at the book's fee", () => {
    const contract = [own("claude-opus-5")];
    const cloud = { platform: "bedrock", serviceTier: "batch", webSearchRequests: 2 };
    expect(line(contract, cloud)).toMatchObject({
      cost: { input: 2_200_000_000n, webSearch: 20_000_000_000n },
      status: "estimated",
      notes: ["bedrock_endpoint_unknown:assumed_regional"],
      multipliers: ["batch_0.5", "regional_1.1"],
    });
    expect(line(contract, { serviceTier: "priority" }).reason).toBe("priority_tier_commitment");
  });

  test("are rounded once, half up, over all parts", () => {
    const contract = [own("claude-opus-5", { rates: { ...OWN, input: "0.000001" } })];
    const batch = (...counts: number[]) =>
      line(contract, { serviceTier: "batch", tokens: counts.map((input) => ({ input })) }).costUsdPicos;
    expect([batch(1), batch(1, 1), batch(1, 2), batch(4)]).toEqual([1n, 1n, 2n, 2n]);
  });

  test("know no long prompts and no day of a price change", () => {
    const long = price("claude-haiku-5-5", [own("claude-haiku-5-5")], { tokens: { input: 100_001 } });
    expect(long).toMatchObject({ costUsdPicos: 400_004_000_000n, listCostUsdPicos: 50_000_500_000n, tier: "base" });
    const onTheDay = { at: "2026-10-07T12:00:00Z" };
    expect(price("claude-sonnet-5-5", [], onTheDay).notes).toEqual(["price_change_day"]);
    expect(price("claude-sonnet-5-5", [own("claude-sonnet-5-5")], onTheDay).notes).toEqual([]);
  });

  test("do not cover fast calls", () => {
    expect(line([own("claude-opus-5"), discount("-10", { id: "t2" })], { speed: "fast" })).toMatchObject({
      costUsdPicos: 9_000_000_000n,
      priceId: "anthropic/claude-opus-5/fast@2026-07-24",
      tier: "fast",
    });
    expect(price("in-house-1", [own("in-house-1")], { speed: "fast" }).reason).toBe("unknown_model");
  });

  test("of a model that the book does not know have no list price, and price plain calls only", () => {
    const inHouse = (sent: Sent) => price("in-house-1", [own("in-house-1")], { platform: "in-house", ...sent });
    expect(inHouse({})).toMatchObject({ costUsdPicos: 4_000_000_000n, listCostUsdPicos: null, status: "priced" });
    expect(inHouse({ serviceTier: "batch" }).reason).toBe("service_tier_not_priced");
    expect(inHouse({ speed: "turbo" }).reason).toBe("speed_not_priced");
    expect(inHouse({ webSearchRequests: 1 }).reason).toBe("web_search_not_priced");
  });

  test("price a known model where and when the book does not", () => {
    const elsewhere = { platform: "openrouter" };
    expect(line([own("claude-opus-5")], elsewhere)).toMatchObject({
      costUsdPicos: 4_000_000_000n,
      listCostUsdPicos: null,
    });
    const early = { at: "2026-07-23T12:00:00Z" };
    expect(line([own("claude-opus-5")], early)).toMatchObject({ costUsdPicos: 4_000_000_000n, listCostUsdPicos: null });
  });

  test("that leave out a kind leave its calls unpriced", () => {
    const rates = { ...OWN, cache_read: null };
    const contract = [own("in-house-1", { rates })];
    expect(price("in-house-1", contract).status).toBe("priced");
    expect(price("in-house-1", contract, { tokens: { input: 1, cacheRead: 1 } })).toMatchObject({
      status: "unpriced",
      reason: "no_rate_for_cache_read",
      cost: null,
      costUsdPicos: null,
    });
  });
});

describe("an alias", () => {
  const opus = [alias("prod-chat", "claude-opus-5")];

  test("prices a name as the model it stands for, and says so; the call keeps its name", () => {
    expect(price("prod-chat", opus)).toMatchObject({
      model: "prod-chat",
      sentModel: "prod-chat",
      costUsdPicos: 5_000_000_000n,
      listCostUsdPicos: 5_000_000_000n,
      priceId: "anthropic/claude-opus-5@2026-07-24",
      notes: ["by_alias"],
    });
    expect(price("other-chat", opus)).toMatchObject({ reason: "unknown_model", notes: [] });
  });

  test("holds on its days", () => {
    const dated = [alias("prod-chat", "claude-opus-5", { from: "2026-11-01", to: "2026-11-20" })];
    const at = (day: string) => price("prod-chat", dated, { at: `${day}T12:00:00Z` }).status;
    expect(["2026-10-31", "2026-11-01", "2026-11-19", "2026-11-20"].map(at)).toEqual([
      ...["unpriced", "priced", "priced", "unpriced"],
    ]);
  });

  test("leads through other aliases, each as it stands that day, to the book or to own rates", () => {
    const moves = [
      alias("prod-chat", "team-chat"),
      alias("team-chat", "claude-sonnet-5", { id: "t2", to: "2026-11-01" }),
      alias("team-chat", "in-house-1", { id: "t3", from: "2026-11-01" }),
      own("in-house-1", { id: "t4" }),
    ];
    expect(price("prod-chat", moves, { at: "2026-10-31T12:00:00Z" })).toMatchObject({
      costUsdPicos: 2_000_000_000n,
      priceId: "anthropic/claude-sonnet-5@2026-06-30",
    });
    expect(price("prod-chat", moves)).toMatchObject({ costUsdPicos: 4_000_000_000n, priceId: "contract/t4" });
  });

  test("of a cloud's spelling has the cloud's premium, and of any model its terms", () => {
    const regional = [alias("prod-chat", "eu.anthropic.claude-opus-5")];
    const arn = { platform: "bedrock" };
    expect(price("prod-chat", regional, arn)).toMatchObject({ costUsdPicos: 5_500_000_000n, notes: ["by_alias"] });
    expect(price("prod-chat", regional, { platform: "our-gateway" }).costUsdPicos).toBe(5_500_000_000n);
    const terms = [...opus, discount("-10", { id: "t2", model: "claude-opus-5" })];
    expect(price("prod-chat", terms).costUsdPicos).toBe(4_500_000_000n);
    expect(price("prod-chat", opus, { platform: "our-gateway" }).costUsdPicos).toBe(5_000_000_000n);
  });
});

describe("the stored form", () => {
  const day = fc.date({ min: new Date("2000-01-01"), max: new Date("2050-01-01"), noInvalidDate: true });
  const asDay = (date: Date) => date.toISOString().slice(0, 10);
  const dated = {
    id: fc.stringMatching(/^[a-z0-9]{1,16}$/),
    from: day.map(asDay),
    to: fc.option(
      fc.date({ min: new Date("2050-01-02"), max: new Date("2099-12-31"), noInvalidDate: true }).map(asDay),
    ),
    note: fc.constantFrom("", "Vertrag № 7", "a, b"),
  };
  const model = fc.constantFrom("claude-opus-5", " spaced ", "модель/1", "arn:aws:bedrock:us-east-1:1:x/y");
  const place = fc.option(fc.constantFrom("anthropic", "bedrock", "our gateway"));
  const rate = fc.option(fc.bigInt({ min: 0n, max: 10_000_000_000n }));
  const rates = fc.record({ input: rate, cacheCreate5m: rate, cacheCreate1h: rate, cacheRead: rate, output: rate });
  const percentE4 = fc.bigInt({ min: -1_000_000n, max: 10_000_000n }).filter((percent) => percent !== 0n);
  const optionalModel = fc.option(model);
  const override: fc.Arbitrary<Override> = fc.oneof(
    fc.record({ kind: fc.constant("rates" as const), ...dated, model, platform: place, rates }),
    fc.record({
      ...{ kind: fc.constant("adjustment" as const), ...dated, provider: place, platform: place },
      ...{ model: optionalModel, percentE4 },
    }),
    fc.record({ kind: fc.constant("alias" as const), ...dated, model, target: model }),
  );

  test("is read back as the same override, through JSON", () => {
    fc.assert(
      fc.property(override, (given) => {
        const json = JSON.stringify(storeOverride(given));
        expect(overrideSchema.parse(JSON.parse(json))).toEqual(given);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test("has rates in dollars for a million tokens, and percents, in plain decimals", () => {
    const [mine, off] = [own("claude-opus-5", { rates: { ...OWN, input: "0.000001" } }), discount("-12.50")];
    expect(storeOverride(overrideSchema.parse(mine))).toEqual(mine);
    expect(storeOverride(overrideSchema.parse(off))).toEqual({ ...off, percent: "-12.5" });
  });
});
