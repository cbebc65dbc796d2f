import { expect, test } from "vitest";
import { withoutThem } from "@/app/[project]/panels/usable-params";

const rest = (query: string, ...paths: string[]) =>
  withoutThem(
    new URLSearchParams(query),
    paths.map((path) => ({ path, message: "" })),
  )?.toString() ?? null;

test("only what cannot be used is left out of an address", () => {
  expect(rest("filter.tenant=a&filter.tenant=b&sort=rubbish&period=7d", "sort")).toBe(
    "filter.tenant=a&filter.tenant=b&period=7d",
  );
  expect(rest("from=2026-02-01&to=2026-01-01&filter.tenant=a", "to")).toBe("filter.tenant=a");
  expect(rest("filter.tenant=a&from=x", "period")).toBe("filter.tenant=a");
});

test("what the address does not name cannot be left out of it", () => {
  expect(rest("filter.tenant=a", "bucket")).toBeNull();
  expect(rest("sort=x&filter.tenant=a", "sort", "period")).toBeNull();
});
