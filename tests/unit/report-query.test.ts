import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseReportQuery, toSearchParams } from "@/lib/reports/query";

const NOW = new Date("2026-11-21T14:32:08.500Z");
const parse = (search: string, strict = true) => parseReportQuery(new URLSearchParams(search), NOW, strict);

describe("a question from a URL", () => {
  test("nothing asked: the last 28 days against the 28 before, one row, no filter", () => {
    expect(parse("")).toEqual({
      ok: true,
      query: {
        period: { from: new Date("2026-10-25Z"), to: new Date("2026-11-22Z"), preset: "28d" },
        compare: { from: new Date("2026-09-27Z"), to: new Date("2026-10-24T14:32Z"), preset: undefined },
        bucket: null,
        groupBy: [],
        measures: [],
        filters: [],
        sort: null,
        limit: 1000,
        options: {},
      },
    });
  });

  test("everything asked", () => {
    const parsed = parse(
      "period=7d&compare=none&env=production&filter.tenant=a&filter.tenant=b&not.model=m&group=feature&group=tenant" +
        "&bucket=day&sort=-compare_cost_usd&limit=5&measures=cost_usd,calls&window=7d&storm_calls=20",
    );
    expect(parsed.ok && parsed.query).toMatchObject({
      compare: null,
      bucket: "day",
      groupBy: ["feature", "tenant"],
      measures: ["cost", "calls"],
      filters: [
        { dimension: "environment", op: "is", values: ["production"] },
        { dimension: "tenant", op: "is", values: ["a", "b"] },
        { dimension: "model", op: "is_not", values: ["m"] },
      ],
      sort: { key: "compare_cost", dir: "desc" },
      limit: 5,
      window: "7d",
      options: { storm_calls: 20 },
    });
  });

  test("a page's parameters become the same", () => {
    expect(toSearchParams({ "filter.tenant": ["a", "b"], period: "7d", gone: undefined }).toString()).toBe(
      "filter.tenant=a&filter.tenant=b&period=7d",
    );
  });
});

describe("what cannot be used is named", () => {
  test.each([
    ["period=1y", "period"],
    ["from=2026-13-01", "from"],
    ["compare=last", "compare"],
    ["bucket=minute", "bucket"],
    ["from=2016-01-01&bucket=hour", "bucket"],
    ["group_by=colour", "group_by"],
    ["group=colour", "group"],
    ["measures=cost,joy", "measures"],
    ["sort=-joy", "sort"],
    ["sort=change_first_seen", "sort"],
    ["limit=0", "limit"],
    ["limit=1e3", "limit"],
    ["limit=100001", "limit"],
    ["storm_calls=0", "storm_calls"],
    ["repeat_minutes=1441", "repeat_minutes"],
    ["filter.colour=red", "filter.colour"],
    ["filter.=red", "filter."],
    ["filter.tenant=", "filter.tenant"],
    ["filter.tenant=a%00b", "filter.tenant"],
    ["not.model=%F0%9F%92%B8\0", "not.model"],
    ["filter.attempt=second", "filter.attempt"],
    ["env=a%00b", "env"],
    ["window=1h", "window"],
    ["groupby=tenant", "groupby"],
  ])("%s", (search, path) => {
    const parsed = parse(search);
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.path)).toEqual([path]);
  });

  test.each([
    [200, []],
    [201, ["filter.tenant"]],
  ])("%i values of one filter", (count, paths) => {
    const parsed = parse(Array.from({ length: count }, (_, i) => `filter.tenant=${i}`).join("&"));
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.path)).toEqual(paths);
  });

  test("all of it at once", () => {
    const parsed = parse("period=x&limit=x&sort=x");
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.path)).toEqual(["period", "sort", "limit"]);
  });

  test("a page may have parameters of its own", () => {
    expect(parse("cursor=abc", false).ok).toBe(true);
  });

  test("whatever is sent, the answer is a query or named parameters", () => {
    const name = fc.constantFrom(
      ..."period from to compare env group group_by bucket sort limit measures window filter.tenant not.deploy filter.".split(
        " ",
      ),
    );
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "-", "cost", "2026-11-01", "__proto__", "9".repeat(400)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(name, fc.string()), value), { maxLength: 8 }), (pairs) => {
        const parsed = parseReportQuery(new URLSearchParams(pairs), NOW, true);
        if (parsed.ok) expect(parsed.query.period.from < parsed.query.period.to).toBe(true);
        else
          expect(
            parsed.errors.every(
              ({ path, message }) => pairs.some(([key]) => key === path || path === "from") && message !== "",
            ),
          ).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
