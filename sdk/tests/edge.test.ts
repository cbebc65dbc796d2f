import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Spendtrace } from "../src/edge.js";
import { KEY } from "./support/client.js";
import { Collector } from "./support/collector.js";

let collector: Collector;

beforeEach(async () => {
  collector = await new Collector().start();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await collector.stop();
});

test("a client made while a module loads, when Cloudflare Workers have no random numbers, records and keeps one name", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const random = vi.spyOn(globalThis.crypto, "randomUUID").mockImplementation(() => {
    throw new Error("Disallowed operation called within global scope.");
  });
  const spendtrace = new Spendtrace({ endpoint: collector.url, apiKey: KEY });
  random.mockRestore();

  for (const request_id of ["r1", "r2"]) {
    spendtrace.record({ request_id, model: "claude-sonnet-5", input_tokens: 1, output_tokens: 1 });
    spendtrace.record({ model: 7 as never });
    await spendtrace.flush();
  }
  expect(await spendtrace.shutdown()).toEqual({ sent: 2, pending: 0, dropped: 2 });
  expect([...collector.stored.values()].map(({ request_id }) => request_id)).toEqual(["r1", "r2"]);
  const reports = [...collector.reports.values()];
  expect(reports.map(({ sequence, dropped }) => [sequence, dropped])).toEqual([
    [1, { invalid: 1 }],
    [2, { invalid: 1 }],
  ]);
  expect(reports[0]?.client_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(reports[1]?.client_id).toBe(reports[0]?.client_id);
  expect(warn.mock.calls.flat().join("\n")).not.toContain("could not start");
});
