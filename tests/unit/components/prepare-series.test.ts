import { describe, expect, test } from "vitest";
import { OTHER_KEY, prepareSeries, type SeriesRow } from "@/components/charts/prepare-series";
import { listBuckets } from "@/lib/period";

const day = (date: number) => new Date(Date.UTC(2026, 10, date));
const row = (date: number, key: string, value: bigint | null): SeriesRow => ({ at: day(date), key, value });

describe("prepareSeries", () => {
  const buckets = listBuckets({ from: day(19), to: day(23) }, "day");
  const now = new Date("2026-11-21T14:32:08Z");

  test("keeps every bucket, leaves gaps, sums the others and marks the running bucket", () => {
    const rows = [row(19, "a", 10n), row(19, "b", 4n), row(19, "c", 1n), row(21, "c", 2n), row(21, "d", 3n)];
    expect(prepareSeries({ rows, buckets, bucket: "day", now, keys: ["a", "b"] })).toEqual({
      keys: ["a", "b", OTHER_KEY],
      bucket: "day",
      points: [
        {
          at: day(19),
          values: { a: 10n, b: 4n, [OTHER_KEY]: 1n },
          total: 15n,
          compareAt: null,
          compare: null,
          isPartial: false,
        },
        { at: day(20), values: {}, total: null, compareAt: null, compare: null, isPartial: false },
        { at: day(21), values: { [OTHER_KEY]: 5n }, total: 5n, compareAt: null, compare: null, isPartial: true },
        { at: day(22), values: {}, total: null, compareAt: null, compare: null, isPartial: false },
      ],
    });
  });

  test("has no series of others when every key is named", () => {
    const { keys } = prepareSeries({ rows: [row(19, "a", 1n)], buckets, bucket: "day", now, keys: ["a"] });
    expect(keys).toEqual(["a"]);
  });

  test("holds bucket n against bucket n of the comparison, which may end earlier", () => {
    const compare = {
      rows: [row(12, "x", 3n), row(12, "y", 4n), row(13, "x", 9n)],
      buckets: listBuckets({ from: day(12), to: day(15) }, "day"),
    };
    const { points } = prepareSeries({ rows: [], buckets, bucket: "day", now, keys: [], compare });
    expect(points.map(({ compareAt, compare: value }) => [compareAt, value])).toEqual([
      [day(12), 7n],
      [day(13), 9n],
      [day(14), null],
      [null, null],
    ]);
  });

  test("keeps null apart from zero", () => {
    const rows = [row(19, "a", null), row(20, "a", 0n)];
    const { points } = prepareSeries({ rows, buckets, bucket: "day", now, keys: ["a"] });
    expect(points.map(({ total }) => total)).toEqual([null, 0n, null, null]);
  });
});
