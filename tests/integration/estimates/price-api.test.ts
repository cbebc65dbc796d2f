import { beforeAll, describe, expect, test } from "vitest";
import { GET } from "@/app/api/v1/price/route";
import { saveContract } from "@/lib/pricing/save-contract";
import { readNewestPrices } from "@/lib/pricing/versions";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { createPerson } from "@/tests/support/visitor";

let api: CallsApi;
beforeAll(async () => {
  api = await createCallsApi();
});

async function ask(query: string, { key } = api) {
  const request = new Request(`http://localhost/api/v1/price?${query}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const response = await GET(request);
  return { status: response.status, body: await response.json() };
}

describe("GET /api/v1/price", () => {
  test("takes a price apart: batch, US, 1,000 × $5 + 20,000 × $0.50 + 100 × $25, one search", async () => {
    const tokens = "input_tokens=1000&cache_read_tokens=20000&output_tokens=100&web_search_requests=1";
    const { status, body } = await ask(
      `model=claude-opus-5&${tokens}&service_tier=batch&inference_geo=us&on=2026-11-20`,
    );
    expect(status).toBe(200);
    const sources = body.prices[0].lines[0].sources;
    expect(sources.length).toBeGreaterThan(0);
    expect(body).toEqual({
      on: "2026-11-20",
      price_book: expect.stringMatching(/^2026-/),
      price_version: 1,
      prices: [
        {
          model: "claude-opus-5",
          status: "priced",
          reason: null,
          cost_usd: "0.019625",
          list_cost_usd: "0.019625",
          lines: [
            {
              model: "claude-opus-5",
              status: "priced",
              reason: null,
              price_id: "anthropic/claude-opus-5@2026-07-24",
              sources,
              tier: "base",
              multipliers: [
                { name: "batch", factor: "0.5" },
                { name: "us", factor: "1.1" },
              ],
              kinds: [
                { kind: "input", tokens: 1000, rate_usd_per_mtok: "5", cost_usd: "0.00275" },
                { kind: "cache_read", tokens: 20000, rate_usd_per_mtok: "0.5", cost_usd: "0.0055" },
                { kind: "output", tokens: 100, rate_usd_per_mtok: "25", cost_usd: "0.001375" },
              ],
              web_search_requests: 1,
              web_search_cost_usd: "0.01",
              cost_usd: "0.019625",
              list_cost_usd: "0.019625",
              notes: [],
            },
          ],
        },
      ],
    });
  });

  test("answers for several models, one without a price among them", async () => {
    const { body } = await ask("model=claude-haiku-5-5&model=nobody-knows-it&input_tokens=100001&output_tokens=0");
    const [long, unpriced] = body.prices;
    expect(long).toMatchObject({ cost_usd: "0.0500005", lines: [{ tier: "long" }] });
    expect(long.lines[0].kinds).toEqual([
      { kind: "input", tokens: 100001, rate_usd_per_mtok: "0.5", cost_usd: "0.0500005" },
    ]);
    expect(unpriced).toMatchObject({
      status: "unpriced",
      reason: "unknown_model",
      cost_usd: null,
      list_cost_usd: null,
    });
  });

  test("reads a provider's usage object", async () => {
    const usage = { prompt_tokens: 2006, completion_tokens: 300, prompt_tokens_details: { cached_tokens: 1920 } };
    const { body } = await ask(`model=gpt-4o&usage=${encodeURIComponent(JSON.stringify(usage))}`);
    expect(body.prices[0].cost_usd).toBe("0.005615");
  });

  test("marks what rests on an assumption", async () => {
    const { body } = await ask("model=anthropic.claude-opus-5&input_tokens=1000");
    expect(body.prices[0]).toMatchObject({ status: "estimated", cost_usd: "0.0055", list_cost_usd: "0.0055" });
    expect(body.prices[0].lines[0].notes).toEqual(["bedrock_endpoint_unknown:assumed_regional"]);
  });

  test("a call is estimated when only the part of its advisor is", async () => {
    const tokens = { input_tokens: 1000, output_tokens: 100 };
    const advice = { type: "advisor_message", model: "claude-opus-5", ...tokens, cache_creation_input_tokens: 1000 };
    const usage = { ...tokens, iterations: [{ type: "message", ...tokens }, advice] };
    const { body } = await ask(`model=claude-sonnet-5&usage=${encodeURIComponent(JSON.stringify(usage))}`);
    // sonnet 5: 1,000 × $2 + 100 × $10; opus 5: 1,000 × $5 + 1,000 × $6.25 + 100 × $25
    expect(body.prices[0]).toMatchObject({ status: "estimated", cost_usd: "0.01675" });
    expect(body.prices[0].lines.map(({ status }: { status: string }) => status)).toEqual(["priced", "estimated"]);
  });

  test("prices by the project's contract, beside the list", async () => {
    const own = await createCallsApi();
    const { userId } = await createPerson(own.id, "owner");
    const { version } = await readNewestPrices(own.scope);
    const discount = { kind: "adjustment", id: "k1", from: "2026-01-01", to: null, note: "committed spend" } as const;
    const overrides = [{ ...discount, provider: "anthropic", platform: null, model: null, percent: "-10" }];
    const saved = await saveContract(own.scope, { basedOn: version, overrides, reason: "test", userId });
    expect(saved).toEqual({ ok: true, version: version + 1 });
    const { body } = await ask("model=claude-opus-5&input_tokens=1000", own);
    expect(body.price_version).toBe(version + 1);
    expect(body.prices[0]).toMatchObject({ cost_usd: "0.0045", list_cost_usd: "0.005" });
    expect(body.prices[0].lines[0].multipliers).toEqual([{ name: "contract/k1", factor: "0.9" }]);
  });

  test.each([
    ["input_tokens=1", "model", "is required; repeat it to compare models"],
    ["model=claude-opus-5", "usage", "is required unless token counts (input_tokens, output_tokens, …) are given"],
    ["model=claude-opus-5&input_tokens=1.5", "input_tokens", "must be an integer from 0 to 1000000000"],
    ["model=claude-opus-5&input_tokens=1&input_tokens=2", "input_tokens", "must be given once"],
    ["model=claude-opus-5&input_tokens=1&on=2026-02-30", "on", "must be a day from 2000 to 2099, YYYY-MM-DD"],
    ["model=claude-opus-5&usage={", "usage", "is not valid JSON at character 1"],
    ["model=claude-opus-5&usage={}&input_tokens=1", "usage", "is not a usage object known here"],
    ["model=claude-opus-5&input_tokens=1&callz=2", "callz", "is not known; there are model, usage, on"],
  ])("%s is refused with 400 and its rule", async (query, path, message) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body.errors).toContainEqual({ path, message: expect.stringContaining(message) });
    expect(body.detail).toContain(`${path} ${message}`);
  });

  test("more models than 20 are refused", async () => {
    const models = Array.from({ length: 21 }, (_, at) => `model=m${at}`).join("&");
    expect((await ask(`${models}&input_tokens=1`)).body.errors).toEqual([
      { path: "model", message: "must be given at most 20 times" },
    ]);
  });
});
