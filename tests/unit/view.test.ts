import { describe, expect, test } from "vitest";
import { projectMonthEnd } from "@/app/[project]/panels/projection";
import { drillHref, during, entityName, entityPath, readView, there } from "@/app/[project]/view";

const NOW = new Date("2026-11-21T14:32:08Z");
const NAMES = ["Northwind", "=1+1", "a/b?c#d", "100%", "%2F", "%", ".", "..", "-", "x".repeat(128), "界"];

describe("the address of an entity", () => {
  test.each(NAMES)("%s survives, whether its segment arrives escaped or already decoded", (name) => {
    const { path, id } = entityPath("/tenants", name);
    const url = new URL(`http://host/acme${path}`);
    const segment = url.pathname.slice("/acme/tenants/".length);
    expect(entityName(segment, id ?? undefined)).toBe(name);
    expect(entityName(decodeURIComponent(segment), id ?? undefined)).toBe(name);
  });
});

describe("readView", () => {
  const view = readView(
    "acme",
    "/tenants/Northwind",
    { period: "7d", "filter.feature": "agent-run", group: "token_kind", sort: "-calls" },
    NOW,
    { dimension: "tenant", value: "Northwind" },
  );

  test("holds the filters of the URL and the one its path says", () => {
    expect(view.errors).toEqual([]);
    expect(view.query.filters).toEqual([
      { dimension: "feature", op: "is", values: ["agent-run"] },
      { dimension: "tenant", op: "is", values: ["Northwind"] },
    ]);
  });

  test("links to other pages take period, filters and the path's own filter along, not grouping or sort", () => {
    expect(there(view, "/calls")).toBe("/acme/calls?period=7d&filter.feature=agent-run&filter.tenant=Northwind");
    expect(drillHref(view, "deploy", "a1b2c3d")).toBe(
      "/acme/deploys/a1b2c3d?period=7d&filter.feature=agent-run&filter.tenant=Northwind",
    );
  });

  test("a bucket replaces the period and keeps the rest", () => {
    const day = { from: new Date("2026-11-20T00:00:00Z"), to: new Date("2026-11-21T00:00:00Z") };
    expect(during(view, day)).toBe(
      "/acme/tenants/Northwind?filter.feature=agent-run&group=token_kind&sort=-calls&from=2026-11-20&to=2026-11-21",
    );
  });

  test("names what cannot be used, and then is the bare page", () => {
    const broken = readView("acme", "", { period: "fortnight", "filter.planet": "mars" }, NOW);
    expect(broken.errors.map(({ path }) => path)).toEqual(["period", "filter.planet"]);
    expect(broken.query.period.preset).toBe("28d");
  });
});

describe("projectMonthEnd", () => {
  test("is month to date over elapsed times length, exactly", () => {
    expect(projectMonthEnd(10_000_000_000_000n, new Date("2026-11-11T00:00:00Z"))).toBe(30_000_000_000_000n);
  });

  test("says nothing in the first day of a month", () => {
    expect(projectMonthEnd(5n, new Date("2026-11-01T23:59:59Z"))).toBeNull();
  });
});
