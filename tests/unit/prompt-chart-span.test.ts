import { expect, test } from "vitest";
import { chartSpan } from "@/app/[project]/prompts/[hash]/chart-span";

const period = { from: new Date("2026-10-25T00:00Z"), to: new Date("2026-11-22T00:00Z") };
const life = (first: string, last: string) => ({
  firstSeenAt: new Date(`2026-11-${first}Z`),
  lastSeenAt: new Date(`2026-11-${last}Z`),
});

test("a prompt that lived for minutes is drawn by the minute, one of two days by the hour, others over the period", () => {
  expect(chartSpan(period, null, life("21T09:50", "21T09:54"))).toEqual({
    period: { from: new Date("2026-11-21T09:00Z"), to: new Date("2026-11-21T10:00Z") },
    bucket: "minute",
    isOwn: true,
  });
  expect(chartSpan(period, null, life("20T09:50", "21T09:54"))).toEqual({
    period: { from: new Date("2026-11-20T00:00Z"), to: new Date("2026-11-22T00:00Z") },
    bucket: "hour",
    isOwn: true,
  });
  expect(chartSpan(period, null, life("01T00:00", "21T09:54"))).toEqual({ period, bucket: "day", isOwn: false });
});

test("what is asked for stays, and a span is never widened", () => {
  expect(chartSpan(period, "day", life("21T09:50", "21T09:54"))).toEqual({ period, bucket: "day", isOwn: false });
  const hour = { from: new Date("2026-11-21T09:30Z"), to: new Date("2026-11-21T10:00Z") };
  expect(chartSpan(hour, null, life("21T09:50", "21T09:54"))).toMatchObject({ period: hour, isOwn: false });
});
