import { expect, test } from "vitest";
import { estimateProgress } from "@/lib/imports/estimate-progress";
import { describeProgress } from "@/scripts/import-progress";

const SUMS = { read: 0, accepted: 0, duplicates: 0, conflicts: 0, unpriced: 0, refused: 0, skipped: {}, reasons: {} };

test("what is read but not settled does not count", () => {
  const sums = {
    ...SUMS,
    read: 1000,
    accepted: 200,
    duplicates: 30,
    conflicts: 5,
    refused: 5,
    skipped: { a: 4, b: 6 },
  };
  const extent = { totalBytes: 10_000, startBytes: 2000 };
  // 250 of 1,000 records, and so 1,000 of 4,000 bytes in two seconds; 7,000 are left.
  expect(estimateProgress(extent, 6000, sums, 2000)).toEqual({ share: 0.3, settled: 250, rate: 125, msLeft: 14_000 });
  expect(describeProgress({ name: "a.csv", ...extent }, 6000, sums, 2000)).toBe(
    "a.csv  30%  250 records  125/s  14 s left",
  );
});

test("nothing is said of the time before anything is settled", () => {
  expect(estimateProgress({ totalBytes: 10, startBytes: 0 }, 10, { ...SUMS, read: 5 }, 100)).toEqual({
    share: 0,
    settled: 0,
    rate: 0,
    msLeft: null,
  });
});
