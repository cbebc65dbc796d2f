import { expect, test } from "vitest";
import { answerPriceCsv } from "@/app/[project]/settings/prices/answer-price-csv";
import { HttpProblem } from "@/lib/http";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { LIST_PRICES, type Override, type Prices, toContract } from "@/lib/pricing/contract";

const NOW = new Date("2026-11-21T14:00:00Z");
const answer = (text: string, prices: Prices = LIST_PRICES) => answerPriceCsv(prices, new URLSearchParams(text), NOW);
const lines = async (text: string, prices?: Prices) =>
  (await (await answer(text, prices)).text()).trimEnd().split("\r\n");

const discount: Override = {
  ...{ kind: "adjustment", id: "d1", from: "2026-01-01", to: null, note: "" },
  ...{ provider: null, platform: null, model: null, percentE4: -125_000n },
};
const contracted: Prices = { version: 1, book: PRICE_BOOK, contract: toContract([discount], PRICE_BOOK) };

test("has a line for each price of a model, list and contracted, exact", async () => {
  const [head, base, long, ...rest] = await lines("q=claude-haiku-5-5", contracted);
  expect(head).toBe(
    "on,provider,platform,model,name,tier,prompt_tokens_over,valid_from,valid_to,input_usd_per_mtok,cache_create_5m_usd_per_mtok,cache_create_1h_usd_per_mtok,cache_read_usd_per_mtok,output_usd_per_mtok,contract_input_usd_per_mtok,contract_cache_create_5m_usd_per_mtok,contract_cache_create_1h_usd_per_mtok,contract_cache_read_usd_per_mtok,contract_output_usd_per_mtok,modifiers,web_search_usd,min_cacheable_tokens,context_tokens,retired_on,checked_on,price_id,sources,note",
  );
  const common =
    '"batch ½, US 1.1, regional 1.1",0.01,512,1000000,,2026-11-21,anthropic/claude-haiku-5-5@2026-10-07,platform.claude.com/docs/en/models/haiku-5-5/overview; kurofune/claudit release v1.9.2; TheKrush/PromptFuel release v1.0.23; pi-ai 1.5.2 (tiers inputTokensAbove 100000),';
  const who = "2026-11-21,anthropic,anthropic,claude-haiku-5-5,Claude Haiku 5.5";
  expect(base).toBe(
    `${who},standard,,2026-10-07,,0.1,0.125,0.2,0.01,0.5,0.0875,0.109375,0.175,0.00875,0.4375,${common}`,
  );
  expect(long).toBe(
    `${who},long,100000,2026-10-07,,0.5,0.625,1,0.05,2.5,0.4375,0.546875,0.875,0.04375,2.1875,${common}`,
  );
  expect(rest).toEqual([]);
});

test("a model without a price on that day is a line without rates", async () => {
  const [, line] = await lines("q=claude-haiku-5-5&on=2026-10-06&platform=vertex");
  expect(line).toBe(
    '2026-10-06,anthropic,vertex,claude-haiku-5-5,Claude Haiku 5.5,,,,,,,,,,,,,,,"batch ½, regional 1.1",0.01,512,1000000,,2026-11-21,,,',
  );
});

test("holds all rows of the table in its order, not only the page on screen", async () => {
  expect((await lines("page=2&sort=-output")).length).toBeGreaterThan(PRICE_BOOK.models.length);
  expect((await lines("page=2&sort=-output"))[1]).toContain(",o1-pro,");
});

test("holds what changed where the page shows that", async () => {
  const response = await answer("show=changes&q=sonnet-5-5");
  expect(response.headers.get("content-disposition")).toBe(
    `attachment; filename="price-changes-${PRICE_BOOK.version}.csv"`,
  );
  expect((await response.text()).split("\r\n")).toEqual([
    "on,provider,model,name,kind,change",
    "2026-10-07,anthropic,claude-sonnet-5-5,Claude Sonnet 5.5,changed,cache read $0.20 → $0.10",
    '2026-09-28,anthropic,claude-sonnet-5-5,Claude Sonnet 5.5,first,"input $2.00, output $10.00"',
    "",
  ]);
});

test("is refused for what the page refuses, naming the rule", async () => {
  const problem = await answer("on=tomorrow").catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(HttpProblem);
  expect(problem).toMatchObject({
    status: 400,
    members: {
      errors: [
        {
          path: "on",
          message:
            "must be a day, YYYY-MM-DD, and not later than today (2026-11-21 UTC): no price is known before it holds",
        },
      ],
    },
  });
});
