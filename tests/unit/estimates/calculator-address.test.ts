import { describe, expect, test } from "vitest";
import { readForm } from "@/app/[project]/calculator/form-values";
import { listModels, mixesTokenizers } from "@/app/[project]/calculator/list-models";
import { readCalculator } from "@/app/[project]/calculator/question";
import { LIST_PRICES, toContract } from "@/lib/pricing/contract";

const NOW = new Date("2026-11-21T15:00:00Z");
const read = (query: string) => readCalculator(new URLSearchParams(query), NOW);
const CALL = "model=claude-opus-5-5&input_tokens=100";

describe("the address of the calculator", () => {
  test("says everything, exactly", () => {
    const { question, errors } = read(
      "model=claude-opus-5-5&model=gpt-6-sol&chosen=gpt-6-sol&input_tokens=10000&output_tokens=500&calls_per_day=2500&cache_hit_share=33.3333&batch_share=0.0001&margin=retries&platform=bedrock&location=eu-west-1&speed=fast&inference_geo=us&on=2026-10-06",
    );
    expect(errors).toEqual([]);
    expect(question).toMatchObject({
      models: ["claude-opus-5-5", "gpt-6-sol"],
      chosen: "gpt-6-sol",
      callsPerDay: 2_500n,
      margins: [{ key: "retries", numerator: 12n, denominator: 10n }],
      workload: {
        usage: { parts: [{ tokens: { input: 10_000, output: 500 } }], speed: "fast", inferenceGeo: "us" },
        platform: "bedrock",
        location: "eu-west-1",
        occurredAt: new Date("2026-10-06T00:00:00Z"),
        batchShare: 1n,
        cacheHitShare: 333_333n,
      },
    });
  });

  test("an empty one shows an example; one with anything in it does not", () => {
    expect(read("").question?.models).toHaveLength(4);
    expect(read("").params.get("input_tokens")).toBe("10000");
    expect(read("model=claude-opus-5-5").errors.map(({ path }) => path)).toEqual(["usage"]);
  });

  test("asks nothing of what it leaves out: today, no margin, no share", () => {
    expect(read(CALL).question).toMatchObject({
      chosen: "claude-opus-5-5",
      callsPerDay: 1_000n,
      margins: [],
      workload: { platform: null, occurredAt: NOW, batchShare: null, cacheHitShare: 0n },
    });
  });

  test("takes the usage of a response that was pasted whole, instead of counts", () => {
    const pasted = JSON.stringify({ type: "message", usage: { input_tokens: 7, output_tokens: 3, speed: "fast" } });
    const { question } = read(`${CALL}&usage=${encodeURIComponent(pasted)}`);
    expect(question?.workload.usage).toMatchObject({ parts: [{ tokens: { input: 7, output: 3 } }], speed: "fast" });
  });

  test("asks for a speed and a geography over those of the usage", () => {
    const usage = { input_tokens: 7, output_tokens: 3, speed: "standard", inference_geo: "global" };
    const { question } = read(`model=m&usage=${encodeURIComponent(JSON.stringify(usage))}&speed=fast&inference_geo=us`);
    expect(question?.workload.usage).toMatchObject({ speed: "fast", inferenceGeo: "us" });
  });

  test.each([
    ["calls_per_day=0", "calls_per_day", "must be an integer from 1 to 1000000000"],
    ["calls_per_day=1000000001", "calls_per_day", "must be an integer from 1 to 1000000000"],
    ["batch_share=100.0001", "batch_share", "must be from 0 to 100, with at most 4 places"],
    ["cache_hit_share=0.00001", "cache_hit_share", "must be from 0 to 100, with at most 4 places"],
    ["output_tokens=-1", "output_tokens", "must be an integer from 0 to 1000000000"],
    ["usage=nonsense", "usage", "is not valid JSON: unexpected o"],
  ])("%s is refused with its rule", (query, path, message) => {
    const { question, errors } = read(`${CALL}&${query}`);
    expect(question).toBeNull();
    expect(errors).toEqual([{ path, message }]);
  });
});

function form(...fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

describe("the form", () => {
  test("writes what is filled in, numbers without separators", () => {
    const fields = form(
      ["model", "a b"],
      ["model", "c"],
      ["way", "tokens"],
      ["input_tokens", " 10,000 "],
      ["output_tokens", ""],
      ["batch_share", "12.5 %"],
      ["platform", "default"],
    );
    expect(readForm(fields)).toEqual({
      ok: true,
      params: new URLSearchParams("model=a b&model=c&input_tokens=10000&batch_share=12.5"),
    });
  });

  test("keeps the text of a pasted response out of the address", () => {
    const values = readForm(form(["usage", '{"content": "secret", "usageMetadata": {"promptTokenCount": 5}}']));
    expect(values.ok && values.params.get("usage")).toBe('{"promptTokenCount":5}');
  });

  test.each([["{'input_tokens': 5}"], [JSON.stringify({ usage: { text: "x".repeat(6_000) } })]])(
    "writes nothing of what cannot be a usage object",
    (pasted) => {
      expect(readForm(form(["usage", pasted]))).toMatchObject({ ok: false });
    },
  );
});

test("models of the contract come first, known ones once", () => {
  const dated = { id: "k1", from: "2026-01-01", to: null, note: "" };
  const alias = { ...dated, kind: "alias", model: "our-model", target: "claude-opus-5" } as const;
  const models = listModels({ ...LIST_PRICES, contract: toContract([alias], LIST_PRICES.book) });
  expect(models[0]).toEqual({ id: "our-model", name: "", group: "your contract" });
  expect(models).toHaveLength(LIST_PRICES.book.models.length + 1);
});

test.each([
  [["claude-opus-5-5", "claude-haiku-5-5"], false],
  [["claude-opus-4-7", "claude-opus-4-6"], true],
  [["claude-opus-5-5", "gpt-6-sol"], true],
  [["claude-opus-4-6", "claude-haiku-4-5"], false],
])("the tokenizers of %j differ: %s", (models, isMixed) => {
  expect(mixesTokenizers(LIST_PRICES, models)).toBe(isMixed);
});
