import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClient } from "../src/client.js";
import { nodePlatform } from "../src/node-platform.js";
import { readOptions, type Settings } from "../src/options.js";
import { createWarn } from "../src/warn.js";
import { connect, holdClock, KEY, names, pass, passUntil, recordCalls } from "./support/client.js";
import { type Behaviour, Collector } from "./support/collector.js";

let collector: Collector;

beforeEach(async () => {
  collector = await new Collector().start();
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await collector.stop();
});

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);

test("over five outages of five kinds, what was produced is what is stored and what is reported as dropped", async () => {
  holdClock();
  const outages: Behaviour[] = [
    () => "hang up",
    () => ({ status: 503, headers: { "retry-after": "5" } }),
    () => "lose",
    () => ({ status: 500, body: "oops" }),
    ({ path }) => (path.endsWith("client-reports") ? "lose" : { status: 429 }),
  ];
  const spendtrace = connect(collector);
  let produced = 0;
  for (const outage of outages) {
    collector.behave = outage;
    for (let burst = 0; burst < 4; burst++) {
      recordCalls(spendtrace, produced + 1, produced + 3_100);
      spendtrace.record({ model: 7 as never });
      produced += 3_101;
      await pass(2_000);
    }
    collector.behave = () => undefined;
    await pass(45_000, 500);
  }
  await passUntil(() => collector.stored.size + sum(collector.dropped) === produced);
  await pass(20_000, 500);
  const { sent, pending, dropped } = await spendtrace.flush(0);
  expect([sent, pending, dropped]).toEqual([collector.stored.size, 0, sum(collector.dropped)]);
  expect(sent + dropped).toBe(produced);
  expect(collector.dropped.invalid).toBe(20);
  expect(collector.dropped.queue_full).toBeGreaterThan(5_000);
  expect(Object.keys(collector.dropped).sort()).toEqual(["invalid", "queue_full"]);
});

test("a report is sent with its sequence until it is acknowledged, and only then is there a next one", async () => {
  holdClock();
  let lost = 0;
  collector.behave = ({ path }) => (path.endsWith("client-reports") && lost++ < 3 ? "lose" : undefined);
  const spendtrace = connect(collector, { deploySha: "abc123" });
  recordCalls(spendtrace, 1, 1);
  spendtrace.record({ model: 7 as never });
  await passUntil(() => lost === 1);
  spendtrace.record({ model: 7 as never });
  await pass(40_000, 500);
  const reports = collector.requests.filter(({ path }) => path.endsWith("client-reports")).map(({ body }) => body);
  expect(reports.map(({ sequence }) => sequence)).toEqual([1, 1, 1, 1, 2]);
  const [first, ...again] = reports.slice(0, 4);
  for (const report of again) {
    expect(report).toEqual({ ...first, sent_at: report.sent_at });
    expect(Date.parse(String(report.sent_at))).toBeGreaterThan(Date.parse(String(first?.sent_at)));
  }
  expect(reports[3]).toEqual({
    client_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sequence: 1,
    sent_at: expect.stringMatching(/Z$/),
    sdk: "sdk-js/0.1.0",
    runtime: `node ${process.versions.node}`,
    deploy_sha: "abc123",
    dropped: { invalid: 1 },
    rate_limits: {},
  });
  expect(collector.dropped).toEqual({ invalid: 2 });
});

test("the first batch brings a report along; without news there is no other", async () => {
  holdClock();
  const spendtrace = connect(collector);
  await pass(5_000);
  expect(collector.requests).toEqual([]);
  for (let number = 1; number <= 60; number++) {
    recordCalls(spendtrace, number, number);
    await pass(1_000);
  }
  await pass(2_000);
  expect(collector.requestIds()).toEqual(names(1, 60));
  expect(collector.paths().filter((path) => path === "client-reports")).toHaveLength(1);
});

test("a server that knows no reports is asked again every five minutes, and gets the calls all the same", async () => {
  holdClock();
  collector.behave = ({ path }) => (path.endsWith("client-reports") ? { status: 404 } : undefined);
  const spendtrace = connect(collector);
  for (let number = 1; number <= 14; number++) {
    recordCalls(spendtrace, number, number);
    spendtrace.record({ model: 7 as never });
    await pass(60_000, 4_000);
  }
  expect(collector.requestIds()).toEqual(names(1, 14));
  expect(collector.paths().filter((path) => path === "client-reports")).toHaveLength(3);
  collector.behave = () => undefined;
  await pass(120_000, 4_000);
  expect(collector.dropped).toEqual({ invalid: 14 });
});

test("200 of somebody else acknowledges no report and takes no outcome", async () => {
  holdClock();
  let isForeign = true;
  collector.behave = ({ path }) =>
    isForeign && !path.endsWith("calls") ? { status: 200, body: "<html>Sign in to the hotel</html>" } : undefined;
  const spendtrace = connect(collector, { tenantId: "acme" });
  spendtrace.record({ model: 7 as never });
  spendtrace.outcome("t1", "success");
  await pass(30_000, 1_000);
  expect(collector.paths().sort()).toEqual(["client-reports", "outcomes"]);
  isForeign = false;
  await passUntil(() => collector.outcomes.length === 1);
  await pass(300_000, 4_000);
  expect(collector.paths().sort()).toEqual(["client-reports", "client-reports", "outcomes", "outcomes"]);
  expect(collector.outcomes).toMatchObject([{ task_id: "t1", tenant_id: "acme", outcome: "success" }]);
  expect(collector.dropped).toEqual({ invalid: 1 });
  expect([...collector.reports.values()].map(({ sequence }) => sequence)).toEqual([1]);
});

test("rate limits go along once a minute at most, the latest of each of the fifty models that were used last", async () => {
  holdClock();
  const warn = createWarn();
  const settings = readOptions({ endpoint: collector.url, apiKey: KEY }) as Settings;
  const { recorder } = createClient(settings, nodePlatform, globalThis.fetch, warn);
  for (let second = 0; second < 150; second++) {
    recorder.record({ model: "m" });
    recorder.rateLimits(`model-${second % 60}`, { requests_remaining: 1_000 - second });
    await pass(1_000, 1_000);
  }
  const reports = collector.requests.filter(({ path }) => path.endsWith("client-reports")).map(({ body }) => body);
  expect(reports).toHaveLength(3);
  const told = reports.map(({ rate_limits }) => rate_limits as Record<string, { requests_remaining: number }>);
  expect(told[0]?.["model-0"]).toEqual({ requests_remaining: 1_000 });
  expect(Object.keys(told[1] ?? {})).toHaveLength(50);
  expect(told[1]?.["model-59"]).toEqual({ requests_remaining: 941 });
});

test("outcomes are delivered, retried and, when they are too many, counted", async () => {
  holdClock();
  collector.behave = () => ({ status: 503 });
  const spendtrace = connect(collector, { tenantId: "acme" });
  for (let number = 1; number <= 1_002; number++) spendtrace.outcome(`t${number}`, "success", { tenantId: "globex" });
  await pass(2_000);
  collector.behave = () => undefined;
  await pass(40_000, 500);
  expect(collector.outcomes).toHaveLength(1_000);
  expect(collector.outcomes[0]).toEqual({
    task_id: "t1",
    tenant_id: "globex",
    outcome: "success",
    occurred_at: expect.stringMatching(/Z$/),
  });
  expect(collector.dropped).toEqual({ outcome: 2 });
  spendtrace.run({ tenantId: "initech" }, () => spendtrace.outcome("u", "failure"));
  spendtrace.outcome("v", "failure");
  await pass(3_000);
  expect(collector.outcomes.slice(-2)).toMatchObject([
    { task_id: "u", tenant_id: "initech", outcome: "failure" },
    { task_id: "v", tenant_id: "acme", outcome: "failure" },
  ]);
});
