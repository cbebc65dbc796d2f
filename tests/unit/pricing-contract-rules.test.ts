import { describe, expect, test } from "vitest";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { checkContract, kindsOf } from "@/lib/pricing/contract-rules";
import { contractSchema, overrideSchema } from "@/lib/pricing/contract-schema";

const DATES = { from: "2026-01-01", to: null, note: "" };
const RATES = { input: "1", cache_create_5m: "1", cache_create_1h: "1", cache_read: "1", output: "1" };
const MAY = { from: "2026-05-01", to: "2026-06-01" };

let serial = 0;
function nextId(): string {
  serial += 1;
  return `r${serial}`;
}

const alias = (model: string, target: string, rest = {}) => ({
  ...{ kind: "alias", id: nextId(), ...DATES, model, target },
  ...rest,
});
const rates = (model: string, rest = {}) => ({
  ...{ kind: "rates", id: nextId(), ...DATES, model, platform: null, rates: RATES },
  ...rest,
});
const adjustment = (rest = {}) => ({
  ...{ kind: "adjustment", id: nextId(), ...DATES, provider: null, platform: null, model: null, percent: "-10" },
  ...rest,
});

function errorsOf(...overrides: readonly unknown[]): string[] {
  return checkContract(contractSchema.parse(overrides), PRICE_BOOK).map(({ field, message }) => `${field}: ${message}`);
}

function refusalsOf(override: unknown): string[] {
  const parsed = overrideSchema.safeParse(override);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("what the form of an override may not be", () => {
  test.each<[string, unknown, string]>([
    ["a discount of more than all", adjustment({ percent: "-101" }), "percent: A discount must be at most 100%"],
    ["a premium of more than ten times", adjustment({ percent: "1001" }), "percent: A premium must be at most 1000%"],
    ["a hundredth too much", adjustment({ percent: "1000.01" }), "percent: A premium must be at most 1000%"],
    ["an empty platform", adjustment({ platform: " " }), "platform: Leave it out, or give a name"],
    ["a long platform", adjustment({ platform: "x".repeat(65) }), "platform: At most 64 characters"],
    ["a platform of two lines", adjustment({ provider: "a\nb" }), "provider: No control characters"],
    ["a model that is no text", alias(7 as unknown as string, "x"), "model: Name a model"],
    ["a missing target", alias("x", undefined as unknown as string), "target: Name a model"],
    ["an id in capitals", alias("x", "y", { id: "A" }), "id: Must be 1 to 16 lower-case letters and digits"],
    ["an id with a tail", alias("x", "y", { id: "a!" }), "id: Must be 1 to 16 lower-case letters and digits"],
    ["an id with a head", alias("x", "y", { id: "!a" }), "id: Must be 1 to 16 lower-case letters and digits"],
    ["a long id", alias("x", "y", { id: "a".repeat(17) }), "id: Must be 1 to 16 lower-case letters and digits"],
    [
      "a day of another century",
      alias("x", "y", { from: "2100-01-01" }),
      "from: Must lie between the years 2000 and 2100",
    ],
    ["a note that is no text", alias("x", "y", { note: null }), "note: Must be text"],
  ])("%s", (_, override, message) => {
    expect(refusalsOf(override)).toEqual([message]);
  });

  test("more than 500 at once", () => {
    const result = contractSchema.safeParse(Array.from({ length: 501 }, () => adjustment()));
    expect(result.error?.issues.map(({ message }) => message)).toEqual(["A contract must have at most 500 overrides"]);
    expect(contractSchema.safeParse(Array.from({ length: 500 }, () => adjustment())).success).toBe(true);
  });

  test("but a platform of 64 characters and the last day of the century", () => {
    expect(refusalsOf(adjustment({ platform: "x".repeat(64), to: "2099-12-31" }))).toEqual([]);
  });
});

describe("overrides of the same", () => {
  test("from the same day on are at fault there, both", () => {
    expect(errorsOf(adjustment(MAY), adjustment({ from: MAY.from }))).toEqual([
      "from: Overlaps another override of the same, which holds from 2026-05-01, without an end",
      "from: Overlaps another override of the same, which holds from 2026-05-01 until 2026-06-01",
    ]);
  });

  test("are only those of the same kind", () => {
    const unknown = "model: acme is not a model of the price book: a discount or premium needs a list price";
    const noTarget = "target: acme is neither in the price book nor has it own rates or an alias";
    expect(errorsOf(alias("acme", "claude-opus-5"), adjustment({ model: "acme" }))).toEqual([unknown]);
    expect(errorsOf(alias("a", "acme"), adjustment({ model: "acme" }))).toEqual([noTarget, unknown]);
  });

  test("own rates are told apart by platform, and not by how the model is spelled", () => {
    const opus = [rates("claude-opus-5", { platform: "bedrock" }), rates("claude-opus-5")];
    expect(errorsOf(...opus)).toEqual([]);
    expect(errorsOf(...opus, rates("us.anthropic.claude-opus-5"))).toHaveLength(2);
  });
});

describe("own rates", () => {
  test("lack every kind that the model charges for, each named by its field", () => {
    const none = { input: null, cache_create_5m: null, cache_create_1h: null, cache_read: null, output: null };
    expect(errorsOf(rates("claude-opus-5", { rates: none }))).toEqual(
      Object.keys(none).map((kind) => `rates.${kind}: Missing: Claude Opus 5 charges for these tokens`),
    );
  });

  test("need no kind that the model never has", () => {
    const gpt = { ...RATES, cache_create_5m: null, cache_create_1h: null };
    expect(errorsOf(rates("gpt-5", { rates: gpt }))).toEqual([]);
  });

  test("need a kind that the model has at any time", () => {
    const opus = PRICE_BOOK.models.find(({ id }) => id === "claude-opus-5");
    if (!opus?.rows[0]) throw new Error("no row");
    const earlier = { ...opus.rows[0], rates: { ...opus.rows[0].rates, cacheRead: null, output: null } };
    const later = { ...opus.rows[0], rates: { ...opus.rows[0].rates, output: null } };
    const kinds = ["input", "cacheCreate5m", "cacheCreate1h", "cacheRead"];
    expect(kindsOf({ ...opus, rows: [earlier, later] })).toEqual(kinds);
  });
});

describe("an alias", () => {
  test("may lead through terms in any order, touching or within each other", () => {
    const may = alias("a", "acme", MAY);
    const halves = [rates("acme", { from: "2026-05-15" }), rates("acme", { to: "2026-05-15" })];
    expect(errorsOf(may, ...halves)).toEqual([]);
    expect(errorsOf(may, rates("acme", MAY))).toEqual([]);
    const within = rates("acme", { platform: "azure", from: "2026-02-01", to: "2026-03-01" });
    expect(errorsOf(may, rates("acme", { to: "2026-06-01" }), within)).toEqual([]);
    expect(errorsOf(may, rates("acme", { to: "2026-05-31" }), within)).toEqual([
      "target: acme has no own rates and no alias on 2026-05-31, when this alias holds",
    ]);
    expect(errorsOf(may, rates("acme", { from: "2026-07-01" }))).toEqual([
      "target: acme has no own rates and no alias on 2026-05-01, when this alias holds",
    ]);
  });

  test("may share its first step with a cycle of others only if it closes none itself", () => {
    const [loop, back] = [alias("b", "c"), alias("c", "b")];
    expect(errorsOf(alias("a", "b"), loop, back)).toEqual([
      "target: Makes a chain of more than 10 aliases",
      "target: Makes a cycle of aliases: b → c → b",
      "target: Makes a cycle of aliases: c → b → c",
    ]);
  });
});

test("a discount may name the provider of its model", () => {
  expect(errorsOf(adjustment({ provider: "anthropic", model: "claude-opus-5" }))).toEqual([]);
});
