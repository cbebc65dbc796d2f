import { expect, test } from "vitest";
import { isZone, isZoneless, toRfc3339 } from "@/lib/imports/zoned-time";

test.each([
  ["2026-11-20T12:00:00Z", "UTC", "2026-11-20T12:00:00Z"],
  ["2026-11-20 12:00:00.123456+00", "Asia/Tokyo", "2026-11-20T12:00:00.123456+00:00"],
  ["2026-11-20 12:00:00 +0530", "UTC", "2026-11-20T12:00:00+05:30"],
  ["2026-11-20 12:00:00 UTC", "Asia/Tokyo", "2026-11-20T12:00:00Z"],
  ["2026-11-20 12:00:00", "UTC", "2026-11-20T12:00:00.000Z"],
  ["2026-11-20 12:00", "Asia/Kathmandu", "2026-11-20T06:15:00.000Z"],
  ["2026-07-01T12:00:00.5", "America/New_York", "2026-07-01T16:00:00.500Z"],
  // The last hour of summer, which the clocks repeat: the first of the two.
  ["2026-10-25 02:30:00", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25 03:00:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
  // An hour that the clocks leave out.
  ["2026-03-29 02:30:00", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-03-29 03:00:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
  ["1790000000", "Asia/Tokyo", "2026-09-21T14:13:20.000Z"],
  ["1790000000.25", "UTC", "2026-09-21T14:13:20.250Z"],
  ["1790000000123", "UTC", "2026-09-21T14:13:20.123Z"],
  ["2026-02-30 12:00:00", "UTC", "2026-02-30 12:00:00"],
  ["20/11/2026", "UTC", "20/11/2026"],
])("%s in %s is %s", (text, zone, wanted) => {
  expect(toRfc3339(text, zone)).toBe(wanted);
});

test("zones are those of the runtime; a time without one is told", () => {
  expect([isZone("Europe/Berlin"), isZone("UTC"), isZone("Mars"), isZone("")]).toEqual([true, true, false, false]);
  expect([isZoneless("2026-11-20 12:00:00"), isZoneless("2026-11-20T12:00:00Z"), isZoneless("1790000000")]).toEqual([
    true,
    false,
    false,
  ]);
});
