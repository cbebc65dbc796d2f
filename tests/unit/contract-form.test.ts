import { describe, expect, test } from "vitest";
import { adjust } from "@/app/[project]/settings/contract/adjustment-example";
import { readOverride } from "@/app/[project]/settings/contract/read-override";
import { suggestTargets } from "@/app/[project]/settings/contract/suggest-targets";
import { describeChange, formatDays } from "@/app/[project]/settings/contract/words";
import type { StoredOverride } from "@/lib/pricing/contract-schema";

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe("what a form says", () => {
  const dated = { from: "2026-11-01", last: "2026-12-31", note: "4711" };
  const read = { from: "2026-11-01", to: "2027-01-01", note: "4711" };

  test("of a discount: a percent below zero, nothing chosen is null, the last day is inside", () => {
    const fields = { ...dated, provider: "", platform: "vertex", model: "", percent: " 12.5 ", direction: "off" };
    const any = { provider: null, platform: "vertex", model: null };
    expect(readOverride("adjustment", formOf(fields))).toEqual({
      kind: "adjustment",
      ...read,
      ...any,
      percent: "-12.5",
    });
    expect(readOverride("adjustment", formOf({ ...fields, direction: "on", last: "" }))).toEqual({
      ...{ kind: "adjustment", ...read, ...any, to: null, percent: "12.5" },
    });
    expect(readOverride("adjustment", formOf({ ...fields, percent: "-5" }))).toMatchObject({ percent: "--5" });
  });

  test("of own rates: a kind that is ticked off has none, an empty one stays to be refused", () => {
    const fields = { ...dated, model: " acme ", platform: "", input: " 0.9", output: "", "none.cache_read": "on" };
    expect(readOverride("rates", formOf({ ...fields, cache_create_5m: "1", cache_create_1h: "2" }))).toEqual({
      ...{ kind: "rates", ...read, model: " acme ", platform: null },
      rates: { input: "0.9", cache_create_5m: "1", cache_create_1h: "2", cache_read: null, output: "" },
    });
  });

  test("of an alias; what is no day is left to the server", () => {
    const fields = { from: "soon", last: "9999-99-99", note: "", model: "acme", target: "claude-opus-5" };
    expect(readOverride("alias", formOf(fields))).toEqual({
      ...{ kind: "alias", from: "soon", to: "9999-99-99", note: "", model: "acme", target: "claude-opus-5" },
    });
  });
});

test("the example of a discount is exact, and none for what is no percent", () => {
  expect(adjust("5", "-12.5")).toBe("4.375");
  expect(adjust("0.125", "3")).toBe("0.12875");
  expect(adjust("0.01", "-9.9875")).toBe("0.00900125");
  expect(adjust("5", "-100")).toBe("0");
  expect([adjust("5", "-100.1"), adjust("5", "--5"), adjust("5", "-"), adjust("5", "1.00001")]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("targets are suggested by the id that a name contains, or the beginning of one that ends in -latest", () => {
  const ids = ["claude-opus-4", "claude-opus-4-7", "claude-opus-5", "claude-opus-10", "gpt-5"];
  expect(suggestTargets("arn:aws:bedrock:eu::profile/Claude-Opus-4-7-team", ids)).toEqual([
    "claude-opus-4-7",
    "claude-opus-4",
  ]);
  expect(suggestTargets("claude-opus-latest", ids)).toEqual(["claude-opus-10", "claude-opus-5", "claude-opus-4-7"]);
  expect([suggestTargets("", ids), suggestTargets("acme", ids), suggestTargets("c-latest", ids)]).toEqual([[], [], []]);
});

test("a change reads as what it was and what it is", () => {
  const before: StoredOverride = {
    ...{ kind: "adjustment", id: "d1", from: "2026-11-01", to: null, note: "" },
    ...{ provider: null, platform: null, model: null, percent: "-10" },
  };
  const after = { ...before, percent: "3", to: "2026-11-02", note: "4711" };
  expect(describeChange({ before, after })).toBe(
    "Changed discount everything: 10% off the list price → 3% on top of the list price; from 1 Nov 2026 → 1 Nov 2026; its note",
  );
  expect(describeChange({ before, after: null })).toBe("Removed everything: 10% off the list price, from 1 Nov 2026");
  expect(describeChange({ before: null, after })).toBe("Added everything: 3% on top of the list price, 1 Nov 2026");
  expect(formatDays({ from: "2026-11-01", to: "2027-01-01" })).toBe("1 Nov 2026 – 31 Dec 2026");
});
