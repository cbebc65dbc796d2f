import { describe, expect, test } from "vitest";
import { affectedBy, diffContracts, type OverrideChange } from "@/lib/pricing/contract-diff";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { describeOverride, lastDayOf, subjectOf, termsOf } from "@/lib/pricing/contract-words";

const TODAY = "2026-11-21";
const DISCOUNT = {
  ...{ kind: "adjustment", id: "d1", from: "2026-11-01", to: null, note: "" },
  ...{ provider: null, platform: null, model: "claude-opus-5", percent: "-12.5" },
} as const satisfies StoredOverride;
const ALIAS = {
  ...{
    kind: "alias",
    id: "a1",
    from: "2026-10-01",
    to: null,
    note: "",
    model: "acme",
    target: "anthropic/claude-opus-5",
  },
} as const satisfies StoredOverride;
const RATES = {
  ...{ kind: "rates", id: "r1", from: "2026-11-01", to: null, note: "", model: "acme-70b", platform: "azure" },
  rates: { input: "0.9", cache_create_5m: null, cache_create_1h: null, cache_read: "0", output: "1.8" },
} as const satisfies StoredOverride;

const canonical = (model: string) => model.replace("anthropic/", "");

const affected = (overrides: readonly StoredOverride[], ...changes: readonly OverrideChange[]) =>
  affectedBy(changes, overrides, TODAY, canonical);

describe("what differs between two contracts", () => {
  test("is told by id, whatever the order of the keys", () => {
    const { note, ...rest } = DISCOUNT;
    expect(diffContracts([DISCOUNT, RATES], [RATES, { ...rest, note }])).toEqual([]);
    const dearer = { ...RATES, rates: { ...RATES.rates, output: "2" } };
    expect(diffContracts([DISCOUNT, RATES], [dearer, ALIAS])).toEqual([
      { before: RATES, after: dearer },
      { before: null, after: ALIAS },
      { before: DISCOUNT, after: null },
    ]);
  });
});

describe("the stored calls that a change concerns", () => {
  test("are those of its days until today, of its model under every name", () => {
    expect(
      affected([DISCOUNT, ALIAS, { ...ALIAS, id: "a2", model: "team", target: "acme" }], {
        before: null,
        after: DISCOUNT,
      }),
    ).toEqual({
      from: "2026-11-01",
      to: "2026-11-22",
      models: ["claude-opus-5", "acme", "team"],
    });
    const past = { ...RATES, to: "2026-11-10" };
    expect(affected([], { before: past, after: null })).toEqual({
      from: "2026-11-01",
      to: "2026-11-10",
      models: ["acme-70b"],
    });
  });

  test("are stored by today: a last day to come makes none of tomorrow", () => {
    const ending = { ...RATES, to: "2027-01-01" };
    expect(affected([], { before: null, after: ending })).toMatchObject({ from: "2026-11-01", to: "2026-11-22" });
  });

  test("are of all models where it is not of one", () => {
    expect(affected([], { before: { ...DISCOUNT, model: null }, after: null }, { before: null, after: RATES })).toEqual(
      {
        from: "2026-11-01",
        to: "2026-11-22",
        models: [],
      },
    );
  });

  test("are those of both sides where its terms or its first day changed", () => {
    const other = { ...DISCOUNT, from: "2026-10-15", to: "2026-11-05", model: "claude-opus-4-7" };
    expect(affected([], { before: DISCOUNT, after: other })).toEqual({
      from: "2026-10-15",
      to: "2026-11-22",
      models: ["claude-opus-5", "claude-opus-4-7"],
    });
  });

  test("are only those between the two ends where the end moved", () => {
    const ended = { ...DISCOUNT, to: "2026-11-11" };
    const span = { from: "2026-11-11", to: "2026-11-22", models: ["claude-opus-5"] };
    expect(affected([], { before: DISCOUNT, after: ended })).toEqual(span);
    expect(affected([], { before: ended, after: DISCOUNT })).toEqual(span);
    expect(affected([], { before: { ...DISCOUNT, to: "2026-11-15" }, after: ended })).toEqual({
      ...span,
      to: "2026-11-15",
    });
  });

  test("are none where only later days or the note change", () => {
    expect(affected([], { before: null, after: { ...DISCOUNT, from: "2026-11-22" } })).toBeNull();
    expect(affected([], { before: DISCOUNT, after: { ...DISCOUNT, to: "2026-11-22" } })).toBeNull();
    expect(affected([], { before: DISCOUNT, after: { ...DISCOUNT, note: "4711" } })).toBeNull();
    expect(affected([])).toBeNull();
  });
});

describe("an override in words", () => {
  test("says what it applies to and its terms", () => {
    expect(describeOverride(RATES)).toBe(
      "own rates acme-70b on azure: input $0.90, cache read $0.00, output $1.80 per million tokens",
    );
    expect(describeOverride(ALIAS)).toBe("alias acme, priced as anthropic/claude-opus-5");
    expect(describeOverride(DISCOUNT)).toBe("claude-opus-5: 12.5% off the list price");
    expect(termsOf({ ...DISCOUNT, percent: "3" })).toBe("3% on top of the list price");
    const subjects = [
      { ...DISCOUNT, model: null },
      { ...DISCOUNT, model: null, provider: "openai" },
      { ...DISCOUNT, model: null, provider: "openai", platform: "azure" },
      { ...DISCOUNT, model: null, platform: "azure" },
      { ...DISCOUNT, provider: "anthropic", platform: "vertex" },
    ].map(subjectOf);
    expect(subjects).toEqual([
      "everything",
      "all models of openai",
      "all models of openai on azure",
      "everything on azure",
      "claude-opus-5 on vertex",
    ]);
    expect([lastDayOf({ to: "2026-03-01" }), lastDayOf({ to: null })]).toEqual(["2026-02-28", null]);
  });
});
