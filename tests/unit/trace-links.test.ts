import { expect, test } from "vitest";
import { callsHref, ownerFilters, traceHref } from "@/app/[project]/sessions/trace-links";
import { readView, there } from "@/app/[project]/view";

const now = new Date("2026-11-21T14:32:08.500Z");
const owner = { tenantId: "=1+1 & co", environment: "production" };
const view = readView("acme", "/sessions", { period: "7d", "filter.feature": "search", group: "model" }, now);

test("whose a session is goes to its page, and to no other from there; period and filters do", () => {
  const url = new URL(traceHref(view, { kind: "session", id: "50%" }, owner), "http://here");
  expect(url.pathname).toBe("/acme/sessions/-");
  const params = Object.fromEntries(url.searchParams);
  expect(params).toEqual({ period: "7d", "filter.feature": "search", of: "=1+1 & co", in: "production", id: "50%" });
  const page = readView("acme", "/sessions/-", params, now);
  expect(page.errors).toEqual([]);
  expect(ownerFilters(page)).toEqual([
    { dimension: "tenant", op: "is", values: ["=1+1 & co"] },
    { dimension: "environment", op: "is", values: ["production"] },
  ]);
  expect(there(page, "/tenants")).toBe("/acme/tenants?period=7d&filter.feature=search");
  const days = { firstAt: new Date("2026-11-20T23:00:00Z"), endAt: new Date("2026-11-21T01:00:00Z") };
  const calls = new URL(callsHref(page, { kind: "session", id: "50%" }, { ...owner, ...days }), "http://here");
  expect(Object.fromEntries(calls.searchParams)).toEqual({
    ...{ from: "2026-11-20", to: "2026-11-22", "filter.feature": "search", "filter.session": "50%" },
    ...{ "filter.tenant": "=1+1 & co", "filter.environment": "production" },
  });
});

test("an address that says nothing, or what no name can be, names nobody", () => {
  expect(ownerFilters({ params: new URLSearchParams("of=%00&filter.tenant=a") })).toEqual([]);
});
