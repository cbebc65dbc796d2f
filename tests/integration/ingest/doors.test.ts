import { beforeAll, describe, expect, test } from "vitest";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { buildCall } from "@/tests/support/calls";

const OPUS = { model: "claude-opus-5", provider: "anthropic" };

describe("what a door tells of a call besides the call", () => {
  let api: CallsApi;
  beforeAll(async () => {
    api = await createCallsApi();
  });

  async function stored(requestId: string, fields: Record<string, unknown>) {
    const sent = await api.post(buildCall({ ...OPUS, request_id: requestId, usage: undefined, ...fields }));
    expect(sent.body).toMatchObject({ accepted: 1, rejected: [] });
    const { calls } = (await api.list()).body;
    return calls.find((call) => call.request_id === requestId) ?? {};
  }

  test("the door, and how it counts input, are kept", async () => {
    const counts = { input_tokens: 1_000, output_tokens: 100 };
    const door = { source: "otlp/some-scope 1.2.3", usage_source: "telemetry", usage_convention: "inclusive" };
    expect(await stored("telemetry", { ...counts, ...door })).toMatchObject({
      ...door,
      // 1,000 × $5 + 100 × $25 for a million tokens.
      cost_usd: "0.0075",
      pricing_status: "estimated",
    });
    expect(await stored("posted", counts)).toMatchObject({
      source: null,
      usage_source: "provider",
      usage_convention: null,
      cost_usd: "0.0075",
      pricing_status: "priced",
    });
  });

  test("an answer that was cut is a lower bound, or unpriced where nothing was counted", async () => {
    const usage = { input_tokens: 1_000, output_tokens: 1 };
    expect(await stored("cut", { usage, incomplete: true })).toMatchObject({
      cost_usd: "0.005025",
      pricing_status: "estimated",
      pricing_notes: ["incomplete_stream"],
    });
    const unknown = { cost_usd: null, pricing_status: "unpriced", pricing_reason: "usage_unknown" };
    expect(await stored("unknown", { incomplete: true })).toMatchObject(unknown);
    expect(await stored("gave up", { incomplete: true, status_code: 499, usage: undefined })).toMatchObject(unknown);
    expect(await stored("not connected", { status_code: 599, usage: undefined })).toMatchObject({
      cost_usd: "0",
      pricing_status: "not_billable",
      pricing_reason: "http_error",
    });
  });

  test("other words are refused by name", async () => {
    const sent = buildCall({ usage_source: "guess", usage_convention: "both", incomplete: "yes", source: "" });
    const { status, body } = await api.post(sent);
    expect([status, body.rejected[0]?.errors]).toEqual([
      422,
      [
        { path: "incomplete", message: "must be true or false" },
        { path: "source", message: "must be text of 1 to 128 characters" },
        { path: "usage_source", message: "must be one of provider, telemetry, estimated" },
        { path: "usage_convention", message: "must be one of inclusive, exclusive, inferred" },
      ],
    ]);
  });
});
