import { describe, expect, test } from "vitest";
import { priceEntry } from "@/lib/estimates/price-line";
import { type NumberedLine, splitLines } from "@/lib/estimates/split-lines";
import { Tally } from "@/lib/estimates/tally";
import { LIST_PRICES } from "@/lib/pricing/contract";

const NOW = new Date("2026-11-21T12:00:00Z");
const context = { prices: LIST_PRICES, on: null, now: NOW };
const usage = { input_tokens: 10_000, output_tokens: 1_000 };

const read = (line: unknown, more = {}) =>
  priceEntry(typeof line === "string" ? line : JSON.stringify(line), { ...context, ...more });

function costOf(line: unknown, more = {}) {
  const result = read(line, more);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.entry.lines.map(({ model, costUsdPicos }) => [model, costUsdPicos]);
}

describe("a line", () => {
  // sonnet 4.6: 10,000 × $3 + 1,000 × $15 for a million = $0.045
  test.each([
    ["model and usage", { model: "claude-sonnet-4-6", usage }, 45_000_000_000n],
    [
      "a call as ingest takes it",
      {
        occurred_at: "2026-11-20T10:00:00Z",
        request_id: "r",
        tenant_id: "acme",
        feature: "chat",
        model: "claude-sonnet-4-6",
        input_tokens: 10_000,
        output_tokens: 1_000,
      },
      45_000_000_000n,
    ],
    [
      "a message of Anthropic",
      { id: "msg_1", type: "message", model: "claude-sonnet-4-6", stop_reason: "end_turn", usage },
      45_000_000_000n,
    ],
    [
      "a refusal before any output, which is not billed",
      { type: "message", model: "claude-sonnet-4-6", stop_reason: "refusal", usage: { ...usage, output_tokens: 0 } },
      0n,
    ],
    [
      "a result of a batch of Anthropic, at half",
      { custom_id: "a", result: { type: "succeeded", message: { model: "claude-sonnet-4-6", usage } } },
      22_500_000_000n,
    ],
    ["a failed attempt, which is not billed", { model: "claude-sonnet-4-6", status_code: 529, usage }, 0n],
  ])("%s is priced", (_what, line, cost) => {
    expect(costOf(line)).toEqual([["claude-sonnet-4-6", cost]]);
  });

  test("a response of OpenAI and one of Gemini are priced", () => {
    const details = { prompt_tokens_details: { cached_tokens: 1_920 } };
    const openai = { model: "gpt-4o", usage: { prompt_tokens: 2_006, completion_tokens: 300, ...details } };
    expect(costOf(openai)).toEqual([["gpt-4o", 5_615_000_000n]]);
    const counts = { promptTokenCount: 5_200, cachedContentTokenCount: 4_000 };
    const usageMetadata = { ...counts, candidatesTokenCount: 600, thoughtsTokenCount: 400 };
    expect(costOf({ modelVersion: "gemini-2.5-flash", usageMetadata })).toEqual([["gemini-2.5-flash", 2_980_000_000n]]);
  });

  test("a result of a batch of OpenAI is a batch, whose price is not known", () => {
    const body = { model: "gpt-4o", usage: { prompt_tokens: 10, completion_tokens: 1 } };
    const result = read({ custom_id: "a", response: { status_code: 200, body }, error: null });
    expect(result.ok && result.entry.lines[0]).toMatchObject({ costUsdPicos: null, reason: "service_tier_not_priced" });
  });

  test.each([
    [{ custom_id: "a", result: { type: "errored", error: {} } }],
    [{ custom_id: "a", result: { type: "expired" } }],
    [{ custom_id: "a", response: null, error: { code: "batch_expired" } }],
  ])("an entry of a batch that came to nothing is not billed: %j", (line) => {
    expect(read(line)).toEqual({ ok: true, entry: { tenant: null, feature: null, lines: [] } });
  });

  test("is priced as of its own time, or as of the day that is asked for", () => {
    const line = { model: "claude-sonnet-5-5", cache_read_tokens: 1_000_000, occurred_at: "2026-10-06T23:59:59Z" };
    expect(costOf(line)).toEqual([["claude-sonnet-5-5", 200_000_000_000n]]);
    expect(costOf(line, { on: new Date("2026-10-07") })).toEqual([["claude-sonnet-5-5", 100_000_000_000n]]);
  });

  test.each([
    ['{"a":', "is not valid JSON: the text ends too early", ""],
    ["[1]", "must be an object with the fields of a call", ""],
    [{ usage }, "is required", "model"],
    [{ model: "m" }, "is required unless token counts (input_tokens, output_tokens, …) are given", "usage"],
    [{ model: "m", input_tokens: -1 }, "must be an integer from 0 to 1000000000", "input_tokens"],
    ['{"model":"m","model":"n"}', "occurs more than once in its object", "model"],
    [{ custom_id: "a", result: { type: "succeeded" } }, "must be an object with the fields of a call", ""],
  ])("%j is refused with its rule", (line, message, path) => {
    const result = read(line);
    expect(result.ok ? [] : result.errors).toContainEqual({ path, message: expect.stringContaining(message) });
  });
});

async function linesOf(...chunks: string[]): Promise<NumberedLine[]> {
  const lines: NumberedLine[] = [];
  async function* source() {
    yield* chunks;
  }
  for await (const batch of splitLines(source())) lines.push(...batch);
  return lines;
}

describe("splitting", () => {
  test("counts every line, leaves out blank ones, and joins chunks", async () => {
    expect(await linesOf('\uFEFF{"a', '":1}\r\n\n {"b":2}', "\nlast")).toEqual([
      { number: 1, text: '{"a":1}' },
      { number: 3, text: '{"b":2}' },
      { number: 4, text: "last" },
    ]);
  });

  test("a line of more than a million characters is not kept, and the next one is", async () => {
    const half = "x".repeat(600_000);
    expect(await linesOf(`a\n${half}`, half, `${half}\nb\n`)).toEqual([
      { number: 1, text: "a" },
      { number: 2, text: null },
      { number: 3, text: "b" },
    ]);
  });
});

describe("adding up", () => {
  const advised = {
    model: "claude-sonnet-5",
    tenant_id: "acme",
    usage: {
      input_tokens: 1_000,
      output_tokens: 100,
      iterations: [
        { type: "message", input_tokens: 1_000, output_tokens: 100 },
        { type: "advisor_message", model: "claude-opus-5", input_tokens: 1_000, output_tokens: 100 },
      ],
    },
  };
  const lines = [{ model: "claude-sonnet-5", tenant_id: "umbra", usage }, advised, { model: "who", usage }];

  function tallyBy(group: "model" | "tenant") {
    const tally = new Tally(group);
    for (const line of lines) {
      const result = read(line);
      if (result.ok) tally.add(result.entry);
    }
    return tally;
  }

  test("a call of two models is one call; its cost goes to each of them", () => {
    const { groups, total } = tallyBy("model");
    const shown = [...groups].map(([name, { calls, tokens, costUsdPicos }]) => [name, calls, tokens, costUsdPicos]);
    expect(shown).toEqual([
      ["claude-sonnet-5", 2, 12_100n, 30_000_000_000n + 3_000_000_000n],
      ["claude-opus-5", 0, 1_100n, 7_500_000_000n],
      ["who", 1, 11_000n, 0n],
    ]);
    expect(total).toMatchObject({ calls: 3, unpricedCalls: 1, costUsdPicos: 40_500_000_000n });
  });

  test("what has no price is named and not in the total", () => {
    const tally = tallyBy("tenant");
    expect([...tally.unpriced.values()]).toEqual([
      { model: "who", reason: "unknown_model", calls: 1, tokens: 11_000n },
    ]);
    expect([...tally.groups].map(([name, { calls, costUsdPicos }]) => [name, calls, costUsdPicos])).toEqual([
      ["umbra", 1, 30_000_000_000n],
      ["acme", 1, 10_500_000_000n],
      ["none", 1, 0n],
    ]);
  });

  test("the groups add up to the total", () => {
    for (const group of ["model", "tenant"] as const) {
      const { groups, total } = tallyBy(group);
      const sum = [...groups.values()].reduce((all, { costUsdPicos }) => all + costUsdPicos, 0n);
      expect(sum).toBe(total.costUsdPicos);
    }
  });
});
