import { describe, expect, test } from "vitest";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { checkContract } from "@/lib/pricing/contract-rules";
import { contractSchema, overrideSchema, storeOverride } from "@/lib/pricing/contract-schema";

const DATES = { from: "2026-01-01", to: null, note: "" };
const PRIVATE_RATES = { input: "0.9", cache_create_5m: null, cache_create_1h: null, cache_read: null, output: "1.8" };

let serial = 0;

function nextId(): string {
  serial += 1;
  return `id${serial}`;
}

const alias = (model: string, target: string, rest = {}) => ({
  kind: "alias",
  id: nextId(),
  ...DATES,
  model,
  target,
  ...rest,
});
const rates = (model: string, rest = {}) => ({
  ...{ kind: "rates", id: nextId(), ...DATES, model, platform: null, rates: PRIVATE_RATES },
  ...rest,
});
const adjustment = (rest = {}) => ({
  ...{ kind: "adjustment", id: nextId(), ...DATES, provider: null, platform: null, model: null, percent: "-10" },
  ...rest,
});

/** `field: message` of every error of a contract, in order. */
function errorsOf(...overrides: readonly unknown[]): string[] {
  return checkContract(contractSchema.parse(overrides), PRICE_BOOK).map(({ field, message }) => `${field}: ${message}`);
}

/** `field: message` of what the schema says of one override. */
function refusalsOf(override: unknown): string[] {
  const parsed = overrideSchema.safeParse(override);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("a rate", () => {
  const withInput = (input: unknown) => refusalsOf(rates("acme", { rates: { ...PRIVATE_RATES, input } }));

  test.each([
    ["-1", "Must not be negative"],
    ["10000.000001", "Must be at most 10000: a rate is in USD for a million tokens"],
    ["150000000", "Must be at most 10000: a rate is in USD for a million tokens"],
    ["0.123456789012345678901234567890", "Has 30 decimals: at most 6 are accepted"],
    ["1e3", "Must be a plain decimal with a point, such as 12.5"],
    ["1,5", "Must be a plain decimal with a point, such as 12.5"],
    ["٣", "Must be a plain decimal with a point, such as 12.5"],
    ["", "Missing: give a rate, or say that there is none"],
    ["   ", "Missing: give a rate, or say that there is none"],
    [undefined, "Must be a decimal, sent as text"],
    [4, "Must be a decimal, sent as text"],
  ])("of %j is refused", (input, message) => {
    expect(withInput(input)).toEqual([`rates.input: ${message}`]);
  });

  test.each([
    ["0", 0n],
    [" 4.5 ", 4_500_000n],
    ["0.000001", 1n],
    ["10000", 10_000_000_000n],
    ["10000.0", 10_000_000_000n],
  ])("of %j is kept exactly", (input, picosPerToken) => {
    const parsed = overrideSchema.parse(rates("acme", { rates: { ...PRIVATE_RATES, input } }));
    expect(parsed).toMatchObject({ rates: { input: picosPerToken, cacheRead: null } });
    expect(overrideSchema.parse(storeOverride(parsed))).toEqual(parsed);
  });
});

describe("a percent", () => {
  test.each([
    ["-100.0001", "A discount must be at most 100%"],
    ["1000.1", "A premium must be at most 1000%"],
    ["0", "Must not be 0: it would change nothing"],
    ["-0.0000", "Must not be 0: it would change nothing"],
    ["--5", "Must be a plain decimal with a point, such as 12.5"],
    ["-0.00001", "Has 5 decimals: at most 4 are accepted"],
  ])("of %s is refused", (percent, message) => {
    expect(refusalsOf(adjustment({ percent }))).toEqual([`percent: ${message}`]);
  });

  test.each([
    ["-100", -1_000_000n],
    ["1000.0000", 10_000_000n],
    ["-12.5", -125_000n],
  ])("of %s is kept exactly", (percent, percentE4) => {
    expect(overrideSchema.parse(adjustment({ percent }))).toMatchObject({ percentE4 });
  });
});

describe("names, days and notes", () => {
  test("a model is whatever a call may be sent with, to the letter", () => {
    for (const model of [" spaced ", "модель 模型 🦊", "a\nb", "x".repeat(200)]) {
      expect(overrideSchema.parse(alias(model, "claude-opus-5"))).toMatchObject({ model });
    }
    expect(refusalsOf(alias("x".repeat(201), "claude-opus-5"))).toEqual(["model: At most 200 characters"]);
    expect(refusalsOf(alias("  ", "claude-opus-5"))).toEqual(["model: Name a model"]);
    expect(refusalsOf(alias("a\0b", "\ud800"))).toEqual([
      "model: Must not contain NUL or an unpaired surrogate",
      "target: Must not contain NUL or an unpaired surrogate",
    ]);
  });

  test("a platform is the one that calls are stored with", () => {
    for (const [platform, stored] of [
      [" AWS_Bedrock ", "bedrock"],
      ["OpenRouter", "openrouter"],
      ["Our Gateway", "our gateway"],
    ]) {
      expect(overrideSchema.parse(adjustment({ platform }))).toMatchObject({ platform: stored });
    }
  });

  test("days are days, in this century, and an override does not end before it begins", () => {
    expect(refusalsOf(adjustment({ from: "2026-02-30" }))).toEqual(["from: Must be a day, such as 2026-11-01"]);
    expect(refusalsOf(adjustment({ from: "1999-12-31" }))).toEqual(["from: Must lie between the years 2000 and 2100"]);
    expect(refusalsOf(adjustment({ to: "2026-01-01" }))).toEqual(["to: Must not end before it begins"]);
    expect(refusalsOf(adjustment({ to: "2026-01-02" }))).toEqual([]);
  });

  test("a note is one line", () => {
    expect(refusalsOf(adjustment({ note: "a\nb" }))).toEqual(["note: No control characters or line breaks"]);
    expect(refusalsOf(adjustment({ note: "é".repeat(501) }))).toEqual(["note: At most 500 characters"]);
    expect(overrideSchema.parse(adjustment({ note: " Vertrag № 7 🦊 " }))).toMatchObject({ note: "Vertrag № 7 🦊" });
  });
});

describe("overrides of the same", () => {
  const may = { from: "2026-05-01", to: "2026-06-01" };

  test("must not hold on the same day: both are named, at the end that is at fault", () => {
    expect(errorsOf(adjustment(may), adjustment({ from: "2026-05-31" }))).toEqual([
      "to: Overlaps another override of the same, which holds from 2026-05-31, without an end",
      "from: Overlaps another override of the same, which holds from 2026-05-01 until 2026-06-01",
    ]);
    expect(errorsOf(adjustment(may), adjustment({ from: "2026-06-01" }))).toEqual([]);
  });

  test("are told apart by kind and by what they apply to, however it is spelled", () => {
    const opus = { model: "claude-opus-5" };
    expect(
      errorsOf(
        ...[adjustment(), adjustment(opus), adjustment({ platform: "vertex" }), adjustment({ provider: "openai" })],
        ...[rates("acme"), rates("acme", { platform: "azure" }), alias("other", "acme")],
      ),
    ).toEqual([]);
    expect(errorsOf(adjustment(opus), adjustment({ model: "anthropic/claude-opus-5" }))).toHaveLength(2);
  });

  test("have ids of their own", () => {
    expect(errorsOf(adjustment({ id: "same" }), adjustment({ id: "same", platform: "vertex" }))).toEqual([
      "id: Two overrides have this id",
    ]);
  });
});

describe("a discount or premium", () => {
  test("needs a list price, and a provider that has the model", () => {
    expect(errorsOf(adjustment({ model: "acme-70b" }))).toEqual([
      "model: acme-70b is not a model of the price book: a discount or premium needs a list price",
    ]);
    expect(errorsOf(adjustment({ provider: "acme" }))).toEqual(["provider: acme is not a provider of the price book"]);
    expect(errorsOf(adjustment({ provider: "openai", model: "claude-opus-5" }))).toEqual([
      "model: claude-opus-5 is a model of anthropic, not of openai",
    ]);
  });
});

describe("own rates", () => {
  test("price every kind of token that the model charges for", () => {
    expect(errorsOf(rates("claude-opus-5"))).toEqual([
      "rates.cache_create_5m: Missing: Claude Opus 5 charges for these tokens",
      "rates.cache_create_1h: Missing: Claude Opus 5 charges for these tokens",
      "rates.cache_read: Missing: Claude Opus 5 charges for these tokens",
    ]);
    expect(errorsOf(rates("acme", { rates: { ...PRIVATE_RATES, input: null } }))).toEqual([
      "rates.input: Missing: Every model charges for these tokens",
    ]);
  });
});

describe("an alias", () => {
  test("must not shadow an id of the price book, in any of its spellings, nor own rates on the same days", () => {
    for (const id of ["claude-opus-5", "us.anthropic.claude-opus-4-7", "claude-opus-5[1m]"]) {
      expect(errorsOf(alias(id, "claude-haiku-4-5"))).toEqual([
        expect.stringMatching(/^model: .* is an id of the price book \(.*\): an alias must not shadow a known id$/),
      ]);
    }
    expect(errorsOf(rates("acme"), alias("acme", "claude-opus-5"))).toEqual([
      "model: acme is an alias on some of these days: give the rates to the model that it stands for",
      "model: acme has own rates on some of these days: an alias must not shadow them",
    ]);
    const [before, after] = [{ to: "2026-06-01" }, { from: "2026-06-01" }];
    expect(errorsOf(rates("acme", before), alias("acme", "claude-opus-5", after))).toEqual([]);
  });

  test("must not close a cycle, at any distance", () => {
    expect(errorsOf(alias("a", "a"))).toEqual(["target: Makes a cycle of aliases: a → a"]);
    expect(errorsOf(alias("a", "b"), alias("b", "c"), alias("c", "a"))).toEqual([
      "target: Makes a cycle of aliases: a → b → c → a",
      "target: Makes a cycle of aliases: b → c → a → b",
      "target: Makes a cycle of aliases: c → a → b → c",
    ]);
  });

  test("leads to a model on each of its days", () => {
    expect(errorsOf(alias("a", "acme"))).toEqual([
      "target: acme is neither in the price book nor has it own rates or an alias",
    ]);
    const may = { from: "2026-05-01", to: "2026-06-01" };
    expect(errorsOf(alias("a", "acme", may), rates("acme", { from: "2026-05-02" }))).toEqual([
      "target: acme has no own rates and no alias on 2026-05-01, when this alias holds",
    ]);
    expect(errorsOf(alias("a", "acme"), rates("acme", { to: "2026-07-01" }))).toEqual([
      "target: acme has no own rates and no alias on 2026-07-01, when this alias holds",
    ]);
    const parts = [rates("acme", { to: "2026-05-15" }), alias("acme", "claude-opus-5", { from: "2026-05-15" })];
    expect(errorsOf(alias("a", "acme", may), ...parts)).toEqual([]);
  });

  test("is the first of ten at most", () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, at) => alias(`a${at}`, at + 1 < length ? `a${at + 1}` : "claude-opus-5"));
    expect(errorsOf(...chain(10))).toEqual([]);
    expect(errorsOf(...chain(11))).toEqual(["target: Makes a chain of more than 10 aliases"]);
  });

  test("is checked at once, however many ways there are", () => {
    const layers = Array.from({ length: 9 }, (_, layer) =>
      Array.from({ length: 49 }, (_, at) => {
        const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
        const [name, next] = [Math.floor(at / 7), at % 7];
        const target = layer === 8 ? "claude-opus-5" : `layer${layer + 1}-${next}`;
        const to = next === 6 ? null : day(next + 1);
        return alias(`layer${layer}-${name}`, target, { from: day(next), to });
      }),
    ).flat();
    const started = performance.now();
    expect(errorsOf(...layers)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
