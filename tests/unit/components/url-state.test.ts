import { describe, expect, test } from "vitest";
import { filterParam, hrefWith, readFilters, sharedParams } from "@/components/filters/url-state";

describe("the URL as state", () => {
  test("replaces, repeats and removes parameters, and starts paging anew", () => {
    const current = "period=7d&filter.tenant=Northwind&sort=-cost&cursor=abc";
    expect(hrefWith("/acme", current, { period: "28d", "filter.tenant": ["Contoso", "Globex & Co"], sort: null })).toBe(
      "/acme?period=28d&filter.tenant=Contoso&filter.tenant=Globex+%26+Co",
    );
    expect(hrefWith("/acme", "period=7d", { period: null })).toBe("/acme");
  });

  test("keeps colons readable, and a plus a plus", () => {
    expect(hrefWith("/acme", "", { from: "2026-11-19T09:00:00Z" })).toBe("/acme?from=2026-11-19T09:00:00Z");
    expect(hrefWith("/acme", "", { "filter.tenant": "a+b" })).toBe("/acme?filter.tenant=a%2Bb");
  });

  test("takes period, comparison, environment and filters along, not grouping or sort", () => {
    const params = sharedParams("from=2026-11-01&compare=year&env=staging&not.model=x&group=model&sort=cost&by=user");
    expect(params.toString()).toBe("from=2026-11-01&compare=year&env=staging&not.model=x");
  });

  test("reads filters in their order, several values as alternatives", () => {
    const params = new URLSearchParams("filter.tenant=a&not.feature=m&filter.tenant=b&filter.unknown=x&group=model");
    expect(readFilters(params)).toEqual([
      { dimension: "tenant", op: "is", values: ["a", "b"] },
      { dimension: "feature", op: "is_not", values: ["m"] },
    ]);
    expect(filterParam("deploy", "is_not")).toBe("not.deploy");
  });
});
