import { describe, expect, test } from "vitest";
import { costs, fileOf, jsonl, readAll } from "@/tests/support/import-files";

describe("results of a Message Batch", () => {
  const usage = { input_tokens: 1000, output_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const message = {
    id: "msg_1",
    model: "claude-sonnet-5-5",
    content: [{ type: "text", text: "a secret answer" }],
    stop_reason: "end_turn",
    usage,
  };
  const content = jsonl(
    { custom_id: "acme", result: { type: "succeeded", message } },
    { custom_id: "b", result: { type: "errored", error: { type: "invalid_request" } } },
    { custom_id: "c", result: { type: "expired" } },
    { custom_id: "d", result: { type: "expired" } },
    { custom_id: "e", result: { type: "canceled" } },
    { custom_id: "f", result: { type: "succeeded" } },
  );
  const asked = { at: "2026-11-20T12:00:00.000Z", defaults: { tenant_id: "Northwind", feature: "nightly" } };

  test("cost half; what came to nothing is counted and costs nothing", async () => {
    const all = await readAll(fileOf("results.jsonl", content), asked);
    expect(all).toMatchObject({
      format: "message-batch",
      skipped: { "batch entry errored": 1, "batch entry expired": 2, "batch entry canceled": 1 },
    });
    expect(all.calls).toEqual([
      {
        line: 1,
        source: "import/message-batch",
        occurred_at: "2026-11-20T12:00:00.000Z",
        request_id: "msg_1",
        task_id: "acme",
        tenant_id: "Northwind",
        feature: "nightly",
        model: "claude-sonnet-5-5",
        usage,
        service_tier: "batch",
        stop_reason: "end_turn",
      },
    ]);
    // (1,000 × $2 + 100 × $10) / 1 M, halved
    expect(costs(all.calls)).toEqual([1_500_000_000n]);
    expect(all.refused.map(({ line, errors }) => [line, errors[0]?.path])).toEqual([[6, "result"]]);
  });

  test("may name the tenant in custom_id", async () => {
    const { calls } = await readAll(fileOf("r.jsonl", content), { ...asked, mapping: { tenant_id: "custom_id" } });
    expect(calls[0]?.tenant_id).toBe("acme");
  });
});
