import { beforeAll, expect, test, vi } from "vitest";
import { type SampleCall, sampleCalls } from "@/prisma/seed/sample-calls";
import { CACHE_LOST_SHA, STEADY_SHA } from "@/prisma/seed/stories/cache-lost";
import { quietSaturday } from "@/prisma/seed/stories/quiet-weekend";
import { STORM_CALLS, STORM_PROMPT_HASH } from "@/prisma/seed/stories/retry-storm";
import { REPAIRED_SHA, UNTRUNCATED_SHA } from "@/prisma/seed/stories/tool-result-untruncated";
import { UNKNOWN_MODEL } from "@/prisma/seed/stories/unknown-model";

const NOW = new Date("2026-11-21T14:32:08.000Z");
const DAY_MS = 86_400_000;

// 200,000 calls take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let all: SampleCall[] = [];
const ages = new Map<object, number>();
let production: SampleCall["body"][] = [];
beforeAll(() => {
  all = [...sampleCalls(NOW)];
  production = all.filter((call) => call.environment === "production").map((call) => call.body);
  for (const { body } of all) ages.set(body, (NOW.getTime() - Date.parse(body.occurred_at)) / DAY_MS);
});

const daysAgo = (call: SampleCall["body"]) => ages.get(call) ?? Number.NaN;
const between = (from: number, to: number) => production.filter((call) => daysAgo(call) <= from && daysAgo(call) > to);
const usageOf = (call: SampleCall["body"]) => (call.usage ?? {}) as Record<string, number>;
const inputOf = (call: SampleCall["body"]) => {
  const usage = usageOf(call);
  return (usage.input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("the same now gives the same calls", () => {
  const again = sampleCalls(NOW);
  const first = Array.from({ length: 5_000 }, () => again.next().value);
  expect(JSON.stringify(first)).toBe(JSON.stringify(all.slice(0, 5_000)));
});

test("some 200,000 calls of 90 days by 40 tenants, none of them in the future, no identity twice", () => {
  expect(all.length).toBeGreaterThan(190_000);
  expect(all.length).toBeLessThan(215_000);
  expect(new Set(production.map((call) => call.tenant_id)).size).toBe(40);
  expect(new Set(production.map((call) => call.feature)).size).toBe(8);
  expect(new Set(production.map((call) => call.deploy_sha)).size).toBeGreaterThanOrEqual(55);
  expect(production.slice(0, 1).map(daysAgo).map(Math.ceil)).toEqual([90]);
  expect(all.every((call) => daysAgo(call.body) >= 0)).toBe(true);
  expect(new Set(all.map((call) => call.body.request_id)).size).toBe(all.length);
});

test("failures and retries have realistic shares", () => {
  const share = (status: number) => production.filter((call) => call.status_code === status).length / production.length;
  expect(share(429)).toBeGreaterThan(0.005);
  expect(share(429)).toBeLessThan(0.015);
  expect(share(529)).toBeGreaterThan(0.001);
  expect(production.filter((call) => call.status_code !== 200).every((call) => call.usage === undefined)).toBe(true);
  expect(production.some((call) => call.attempt === 2 && call.status_code === 200)).toBe(true);
});

test("Northwind grows and Globex halves", () => {
  const count = (tenant: string, from: number, to: number) =>
    between(from, to).filter((call) => call.tenant_id === tenant).length;
  expect(count("Northwind", 28, 0) / count("Northwind", 56, 28)).toBeGreaterThan(1.7);
  const globex = count("Globex", 7, 0) / count("Globex", 15, 8);
  expect(globex).toBeGreaterThan(0.35);
  expect(globex).toBeLessThan(0.65);
});

test("Adatum is new since two weeks", () => {
  const calls = production.filter((call) => call.tenant_id === "Adatum");
  expect(calls.length).toBeGreaterThan(300);
  expect(Math.max(...calls.map(daysAgo))).toBeLessThanOrEqual(14);
});

test("an untruncated tool result triples the input of doc-search until it is repaired", () => {
  const input = (from: number, to: number) =>
    mean(
      between(from, to)
        .filter((call) => call.feature === "doc-search" && call.usage)
        .map(inputOf),
    );
  const shas = production.map((call) => call.deploy_sha);
  expect(shas.indexOf(UNTRUNCATED_SHA)).toBeLessThan(shas.indexOf(REPAIRED_SHA));
  expect(input(16, 12) / input(30, 17)).toBeGreaterThan(2.6);
  expect(input(11, 0) / input(30, 17)).toBeLessThan(1.15);
});

test("a timestamp in the system prompt loses the cache of support-reply, and nobody has repaired it", () => {
  const hit = (sha: string) => {
    const calls = production.filter(
      (call) => call.deploy_sha === sha && call.feature === "support-reply" && call.usage,
    );
    const read = calls.reduce((sum, call) => sum + (usageOf(call).cache_read_input_tokens ?? 0), 0);
    return { ratio: read / calls.reduce((sum, call) => sum + inputOf(call), 0), calls };
  };
  expect(hit(STEADY_SHA).ratio).toBeGreaterThan(0.75);
  expect(hit(CACHE_LOST_SHA).ratio).toBeLessThan(0.02);
  const prefixes = new Set(hit(CACHE_LOST_SHA).calls.map((call) => call.prefix_hash));
  expect(prefixes.size / hit(CACHE_LOST_SHA).calls.length).toBeGreaterThan(0.98);
  expect(production.at(-1)?.deploy_sha).toBe(CACHE_LOST_SHA);
});

test("a retry storm of 800 identical prompts within four minutes", () => {
  const storm = production.filter((call) => call.prompt_hash === STORM_PROMPT_HASH);
  expect(storm).toHaveLength(STORM_CALLS);
  const times = storm.map((call) => Date.parse(call.occurred_at));
  expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(4 * 60_000);
  expect(new Set(storm.map((call) => `${call.tenant_id}/${call.feature}`))).toEqual(new Set(["Fabrikam/agent-run"]));
});

test("a model without a price, a nightly batch and a quiet weekend", () => {
  expect(production.filter((call) => call.model === UNKNOWN_MODEL).length).toBeGreaterThan(30);
  const batch = production.filter((call) => (call.usage as { service_tier?: string })?.service_tier === "batch");
  expect(batch.length).toBeGreaterThan(3_500);
  expect(batch.every((call) => call.occurred_at.slice(11, 13) === "02")).toBe(true);
  const saturday = quietSaturday(NOW).getTime();
  expect(new Date(saturday).getUTCDay()).toBe(6);
  const weekend = (from: number) =>
    production.filter(
      (call) => Date.parse(call.occurred_at) >= from && Date.parse(call.occurred_at) < from + 2 * DAY_MS,
    );
  expect(weekend(saturday).length / weekend(saturday - 7 * DAY_MS).length).toBeLessThan(0.4);
});

test("staging has a little traffic of its own", () => {
  const staging = all.filter((call) => call.environment === "staging");
  expect(staging.length).toBeGreaterThan(2_500);
  expect(new Set(staging.map((call) => call.body.tenant_id))).toEqual(new Set(["acme-internal"]));
});
