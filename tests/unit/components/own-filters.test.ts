import { describe, expect, test } from "vitest";
import { CALL_FILTER_PARAMS, CALL_FILTERS } from "@/app/[project]/calls/call-filters";
import { describeOwn, readOwnFilters } from "@/components/filters/own-filters";
import { CALL_DIMENSIONS } from "@/lib/calls/query";
import { RANGE_FIELDS } from "@/lib/calls/ranges";
import { DIMENSIONS } from "@/lib/reports/schema";

const chips = (text: string) =>
  readOwnFilters(new URLSearchParams(text), CALL_FILTERS).map((set) => [set.filter.label, describeOwn(set)]);

describe("filters that only calls have", () => {
  test("are all offered in the bar", () => {
    const known = CALL_DIMENSIONS.filter((one) => !DIMENSIONS.some((other) => one === other));
    expect([...CALL_FILTER_PARAMS].sort()).toEqual(
      [
        ...known.flatMap((one) => [`filter.${one}`, `not.${one}`]),
        ...RANGE_FIELDS.flatMap((one) => [`min_${one}`, `max_${one}`]),
      ].sort(),
    );
  });

  test("are said in words", () => {
    expect(chips("filter.status=rate_limited&not.pricing=not_billable&min_cost_usd=0.5&max_latency_ms=900")).toEqual([
      ["status", "429"],
      ["cost", "at least $0.5"],
      ["latency", "at most 900 ms"],
      ["price", "is not not billed"],
    ]);
    expect(chips("filter.request=a&filter.request=b&filter.tenant=c&filter.session=")).toEqual([
      ["request id", "2 values"],
    ]);
  });
});
