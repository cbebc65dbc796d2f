import { describe, expect, it } from "vitest";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";
import { readClaudeCodeEvent } from "@/lib/otlp/claude-code";

function read(eventName: string, attributes: Record<string, unknown>) {
  const all = { model: "claude-opus-5", "session.id": "s-1", "event.sequence": 5, "user.id": "u-1", ...attributes };
  const record = {
    ...{ eventName: `claude_code.${eventName}`, timeMs: Date.parse("2026-11-20T12:00:00Z") },
    ...{ attributes: new Map(Object.entries(all)), resource: new Map() },
    scope: { name: "com.anthropic.claude_code.events", version: "2.1.330" },
  };
  const reading = readClaudeCodeEvent(record, DEFAULT_MAPPINGS["claude-code"]);
  if (reading.kind !== "call") throw new Error(reading.reason);
  return reading;
}

describe("a failed attempt", () => {
  it.each([
    [{ status_code: "429", error: "Rate limited" }, 429],
    [{ status_code: "undefined", error: "Repeated 529 Overloaded errors" }, 529],
    [{ status_code: "unknown", error: '{"type":"error","error":{"type":"overloaded_error"}}' }, 529],
  ])("of %j costs nothing", (attributes, status) => {
    const { call } = read("api_error", attributes);
    expect([call.status_code, call.incomplete]).toEqual([status, undefined]);
  });

  it.each([[{ status_code: "undefined", error: "Connection error." }], [{}]])(
    "of %j may have been billed",
    (attributes) => {
      const { call } = read("api_error", attributes);
      expect([call.status_code, call.incomplete]).toEqual([599, true]);
    },
  );
});

it("takes a request without what breaks its rule, by the next id that fits", () => {
  const tokens = { input_tokens: 2048, output_tokens: 503 };
  const long = { request_id: "x".repeat(129), "prompt.id": "x".repeat(129), attempt: "none", cost_usd: "dear" };
  const { call, origins, leftOut } = read("api_request", { ...tokens, ...long });
  expect(call).toMatchObject({ ...tokens, request_id: "s-1:5", session_id: "s-1" });
  expect([call.task_id, call.attempt, call.cost_usd_micros]).toEqual([undefined, undefined, undefined]);
  expect(origins.request_id).toBe("session.id and event.sequence");
  expect(leftOut).toEqual([
    { path: "task_id", message: "must be text of 1 to 128 characters" },
    { path: "attempt", message: "must be an integer from 1 to 32767" },
    { path: "cost_usd_micros", message: "must be a number of micro-dollars" },
  ]);
});
