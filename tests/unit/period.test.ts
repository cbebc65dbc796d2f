import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  comparePeriod,
  dayAfter,
  dayBefore,
  defaultBucket,
  elapsedPeriod,
  formatPeriod,
  listBuckets,
  PERIOD_PRESETS,
  type Period,
  parsePeriod,
  presetPeriod,
  toPeriodParams,
} from "@/lib/period";

const NOW = new Date("2026-11-21T14:32:08.500Z");
const iso = (period: Period | null) => period && [period.from.toJSON(), period.to.toJSON()];
const span = (from: string, to: string): Period => ({ from: new Date(from), to: new Date(to) });
const parse = (search: string, now = NOW) => parsePeriod(new URLSearchParams(search), now);

describe("presets", () => {
  test.each([
    ["today", "2026-11-21T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
    ["24h", "2026-11-20T15:00:00.000Z", "2026-11-21T15:00:00.000Z"],
    ["7d", "2026-11-15T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
    ["28d", "2026-10-25T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
    ["90d", "2026-08-24T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
    ["mtd", "2026-11-01T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
    ["last-month", "2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"],
  ])("%s", (preset, from, to) => {
    const parsed = parse(`period=${preset}`);
    expect(parsed.ok && iso(parsed.period)).toEqual([from, to]);
    expect(parsed.ok && toPeriodParams(parsed.period)).toEqual({ period: preset });
  });

  test("last month of a January is the December before", () => {
    expect(iso(presetPeriod("last-month", new Date("2027-01-31T23:59:59Z")))).toEqual([
      "2026-12-01T00:00:00.000Z",
      "2027-01-01T00:00:00.000Z",
    ]);
  });

  test("without any parameter, the last 28 days", () => {
    expect(parse("")).toEqual(parse("period=28d"));
  });
});

describe("custom range", () => {
  test.each([
    ["from=2026-11-01&to=2026-11-08", "2026-11-01T00:00:00.000Z", "2026-11-08T00:00:00.000Z"],
    ["from=2028-02-29&to=2028-03-01", "2028-02-29T00:00:00.000Z", "2028-03-01T00:00:00.000Z"],
    ["from=2026-11-19T09:00&to=2026-11-21T09:00:00Z", "2026-11-19T09:00:00.000Z", "2026-11-21T09:00:00.000Z"],
    ["from=2026-11-19T09:00:00%2B05:45&to=2026-11-21", "2026-11-19T03:15:00.000Z", "2026-11-21T00:00:00.000Z"],
    ["from=2026-11-20", "2026-11-20T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
  ])("%s", (search, from, to) => {
    const parsed = parse(search);
    expect(parsed.ok && iso(parsed.period)).toEqual([from, to]);
    expect(parsed.ok && parse(new URLSearchParams(toPeriodParams(parsed.period)).toString())).toEqual(parsed);
  });

  test.each([
    ["period=fortnight", "period"],
    ["period=7d&from=2026-11-01", "period"],
    ["to=2026-11-01", "from"],
    ["from=2026-02-30&to=2026-03-05", "from"],
    ["from=2027-02-29&to=2027-03-05", "from"],
    ["from=yesterday", "from"],
    ["from=9999-01-01", "from"],
    ["from=2026-11-01&to=2026-11-01", "to"],
    ["from=2026-11-01&to=2026-11-08T25:00", "to"],
  ])("%s is refused naming %s", (search, path) => {
    const parsed = parse(search);
    expect(!parsed.ok && parsed.errors.map((error) => error.path)).toEqual([path]);
  });
});

describe("comparison", () => {
  const of = (search: string, mode: "previous" | "year", now = NOW) => {
    const parsed = parse(search, now);
    return parsed.ok && iso(comparePeriod(parsed.period, mode, now));
  };

  test("a running period ends at the same minute", () => {
    expect(of("period=28d", "previous")).toEqual(["2026-09-27T00:00:00.000Z", "2026-10-24T14:32:00.000Z"]);
    expect(of("period=today", "previous")).toEqual(["2026-11-20T00:00:00.000Z", "2026-11-20T14:32:00.000Z"]);
    expect(of("period=24h", "previous")).toEqual(["2026-11-19T15:00:00.000Z", "2026-11-20T14:32:00.000Z"]);
  });

  test("a year is 52 weeks, so that weekdays meet", () => {
    expect(of("from=2026-11-02&to=2026-11-09", "year")).toEqual([
      "2025-11-03T00:00:00.000Z",
      "2025-11-10T00:00:00.000Z",
    ]);
  });

  test("a month is held against the month before", () => {
    expect(of("period=mtd", "previous")).toEqual(["2026-10-01T00:00:00.000Z", "2026-10-21T14:32:00.000Z"]);
    expect(of("period=last-month", "previous")).toEqual(["2026-09-01T00:00:00.000Z", "2026-10-01T00:00:00.000Z"]);
  });

  test("a month to date of 31 days is held against all of February", () => {
    const now = new Date("2028-03-31T12:00:00Z");
    expect(of("period=mtd", "previous", now)).toEqual(["2028-02-01T00:00:00.000Z", "2028-03-01T00:00:00.000Z"]);
  });

  test("none", () => {
    expect(comparePeriod(presetPeriod("7d", NOW), "none", NOW)).toBeNull();
  });

  const time = fc.date({ min: new Date("2020-01-01Z"), max: new Date("2040-01-01Z"), noInvalidDate: true });
  const named = fc.constantFrom(...PERIOD_PRESETS.map(({ key }) => key).filter((key) => !key.includes("m")));

  test("as long as what has passed of the period, and not touching it", () => {
    fc.assert(
      fc.property(time, named, fc.constantFrom("previous" as const, "year" as const), (now, preset, mode) => {
        const period = presetPeriod(preset, now);
        const before = comparePeriod(period, mode, now);
        const elapsed = elapsedPeriod(period, now);
        const passed = elapsed.to.getTime() - elapsed.from.getTime();
        if (!before || passed === 0) return;
        expect(before.to.getTime() - before.from.getTime()).toBe(passed);
        expect(before.to.getTime()).toBeLessThanOrEqual(period.from.getTime());
        expect(period.from <= now && now < period.to).toBe(true);
      }),
    );
  });
});

describe("buckets", () => {
  test.each([
    ["2026-11-20T00:00Z", "2026-11-22T00:00Z", "hour"],
    ["2026-11-20T00:00Z", "2026-11-22T00:01Z", "day"],
    ["2026-08-22T00:00Z", "2026-11-22T00:00Z", "day"],
    ["2026-08-21T00:00Z", "2026-11-22T00:00Z", "week"],
    ["2025-11-23T00:00Z", "2026-11-22T00:00Z", "week"],
    ["2025-11-22T00:00Z", "2026-11-22T00:00Z", "month"],
  ])("%s to %s by %s", (from, to, bucket) => {
    expect(defaultBucket(span(from, to))).toBe(bucket);
  });

  test("weeks start on Monday, also before the period does", () => {
    const starts = listBuckets(span("2026-11-08T10:00Z", "2026-11-17T00:00Z"), "week");
    expect(starts.map((start) => start.toJSON().slice(0, 10))).toEqual(["2026-11-02", "2026-11-09", "2026-11-16"]);
  });

  test("months over a leap day", () => {
    const starts = listBuckets(span("2028-01-31T00:00Z", "2028-03-01T00:00Z"), "month");
    expect(starts.map((start) => start.toJSON().slice(0, 10))).toEqual(["2028-01-01", "2028-02-01"]);
  });
});

describe("in words", () => {
  test.each([
    ["2026-10-25T00:00Z", "2026-11-22T00:00Z", "25 Oct – 21 Nov"],
    ["2026-11-21T00:00Z", "2026-11-22T00:00Z", "21 Nov"],
    ["2026-11-19T09:00Z", "2026-11-21T09:00Z", "19 Nov, 09:00 – 21 Nov, 09:00"],
    ["2026-11-21T09:00Z", "2026-11-21T10:30Z", "21 Nov, 09:00 – 10:30"],
    ["2025-12-25T00:00Z", "2026-01-08T00:00Z", "25 Dec 2025 – 7 Jan 2026"],
  ])("%s to %s", (from, to, words) => {
    expect(formatPeriod(span(from, to), NOW)).toBe(words);
  });
});

test.each([
  ["2026-11-21", "2026-11-22", "2026-11-20"],
  ["2026-12-31", "2027-01-01", "2026-12-30"],
  ["2028-03-01", "2028-03-02", "2028-02-29"],
  ["", "", ""],
  ["2026-13-01", "2026-13-01", "2026-13-01"],
  ["2026-11-21T00:00Z", "2026-11-21T00:00Z", "2026-11-21T00:00Z"],
])("the day %j is before %j and after %j", (day, after, before) => {
  expect([dayAfter(day), dayBefore(day)]).toEqual([after, before]);
});
