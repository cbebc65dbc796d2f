import { describe, expect, test } from "vitest";
import { readPayload } from "@/lib/litellm/payload-to-call";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";
import { costs, fileOf, jsonl, readAll } from "@/tests/support/import-files";

describe("LiteLLM SpendLogs", () => {
  const row = {
    request_id: "chatcmpl-1",
    call_type: "acompletion",
    api_key: "88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b",
    spend: 0.0031045,
    total_tokens: 1520,
    prompt_tokens: 1420,
    completion_tokens: 100,
    startTime: "2026-11-20T12:00:00.250000+00:00",
    endTime: "2026-11-20T12:00:01.500000+00:00",
    model: "claude-sonnet-5-5",
    custom_llm_provider: "anthropic",
    user: "u-7",
    team_id: "team-growth",
    end_user: "",
    request_tags: ["support-reply", "other"],
    metadata: {
      status: "success",
      usage_object: {
        prompt_tokens: 1420,
        completion_tokens: 100,
        cache_creation_input_tokens: 20,
        cache_read_input_tokens: 400,
        prompt_tokens_details: { cached_tokens: 400 },
      },
    },
    cache_hit: "False",
    status: "success",
    messages: { 0: "a secret prompt" },
  };
  const wanted = {
    source: "import/litellm",
    occurred_at: "2026-11-20T12:00:00.250000Z",
    request_id: "chatcmpl-1",
    tenant_id: "team-growth",
    feature: "support-reply",
    user_id: "u-7",
    model: "claude-sonnet-5-5",
    provider: "anthropic",
    input_tokens: 1000,
    cache_create_tokens: 20,
    cache_read_tokens: 400,
    output_tokens: 100,
    usage_convention: "inclusive",
    latency_ms: 1250,
    cost_usd_micros: 3104.5,
  };

  test("have cached tokens within the prompt, and keep their spend as the reported cost", async () => {
    const all = await readAll(fileOf("spend.jsonl", jsonl(row)));
    expect(all.format).toBe("litellm");
    expect(all.calls).toEqual([{ line: 1, ...wanted, occurred_at: "2026-11-20T12:00:00.250000+00:00" }]);
    // (1,000 × 2 + 20 × 2.5 + 400 × 0.1 + 100 × 10) $/M
    expect(costs(all.calls)).toEqual([3_090_000_000n]);
  });

  test("of CSV and of a JSON array are the same calls", async () => {
    const names = Object.keys(row) as (keyof typeof row)[];
    const cell = (value: unknown) => {
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      return `"${text.replaceAll('"', '""')}"`;
    };
    const ofDatabase = { ...row, startTime: "2026-11-20 12:00:00.25", endTime: "2026-11-20 12:00:01.5" };
    const csv = `${names.join(",")}\n${names.map((name) => cell(ofDatabase[name])).join(",")}\n`;
    const { calls } = await readAll(fileOf("spend.csv", csv));
    expect(calls).toEqual([{ line: 2, ...wanted, occurred_at: "2026-11-20T12:00:00.250Z" }]);
    const array = await readAll(fileOf("spend.json", JSON.stringify([row], null, 1)));
    expect(array.format).toBe("litellm");
    expect(costs(array.calls)).toEqual([3_090_000_000n]);
  });

  test("name a count twice, of which one is a zero that nobody filled", async () => {
    const usage_object = { cache_read_input_tokens: 0, prompt_tokens_details: { cached_tokens: 400 } };
    const { calls } = await readAll(fileOf("s.jsonl", jsonl({ ...row, metadata: { usage_object } })));
    expect(calls[0]).toMatchObject({ input_tokens: 1020, cache_read_tokens: 400 });
  });

  test("with a prompt that cannot hold its cached tokens are taken as fresh input, and say so", async () => {
    const metadata = { usage_object: { ...row.metadata.usage_object, prompt_tokens: 419 } };
    const { calls } = await readAll(fileOf("s.jsonl", jsonl({ ...row, metadata })));
    expect(calls[0]).toMatchObject({ input_tokens: 419, cache_read_tokens: 400, usage_convention: "inferred" });
  });

  test.each([
    ["the team", {}, "team-growth"],
    ["the end user", { end_user: "acme" }, "acme"],
    ["what the request said", { spend_logs_metadata: { tenant_id: "northwind" } }, "northwind"],
    ["a tag", { request_tags: ["tenant:contoso", "feature:chat"] }, "contoso"],
    ["the user where nobody else is named", { team_id: null }, "u-7"],
  ])("are the same call as the callback tells, of %s", async (_, given, tenant) => {
    const { spend_logs_metadata, ...more } = { spend_logs_metadata: undefined, ...given };
    const told = { ...row, model: "anthropic/claude-sonnet-5-5", ...more };
    const metadata = { ...row.metadata, ...(spend_logs_metadata && { spend_logs_metadata }) };
    const { calls } = await readAll(fileOf("s.jsonl", jsonl({ ...told, metadata })));
    const keys = { user_api_key_team_id: told.team_id, user_api_key_user_id: told.user };
    const startTime = 1_795_176_000.25;
    const payload = { ...told, id: told.request_id, startTime, metadata: { ...keys, ...metadata } };
    const reading = readPayload(payload, DEFAULT_MAPPINGS.litellm);
    const identity = ({ occurred_at, tenant_id, request_id, model, provider }: Record<string, unknown>) => [
      Date.parse(String(occurred_at)),
      tenant_id,
      request_id,
      model,
      provider,
    ];
    expect(identity(calls[0] ?? {})).toEqual([
      startTime * 1000,
      tenant,
      "chatcmpl-1",
      "claude-sonnet-5-5",
      "anthropic",
    ]);
    expect(reading.kind === "call" && identity(reading.call)).toEqual(identity(calls[0] ?? {}));
  });

  describe("are priced as the callback prices the same call:", () => {
    const read = async (usage_object: unknown, more: Record<string, unknown> = {}) => {
      const { calls } = await readAll(fileOf("s.jsonl", jsonl({ ...row, ...more, metadata: { usage_object } })));
      const reading = readPayload(
        { ...row, ...more, id: row.request_id, metadata: { usage_object } },
        DEFAULT_MAPPINGS.litellm,
      );
      if (reading.kind !== "call") throw new Error(reading.kind);
      const identity = { occurred_at: calls[0]?.occurred_at, tenant_id: "t", feature: "f", request_id: "r" };
      return { call: calls[0], costs: costs([...calls, { ...reading.call, ...identity }]) };
    };
    const totals = { prompt_tokens: 1000, completion_tokens: 100 };

    test("tier, searches and cache writes of OpenAI", async () => {
      const usage_object = {
        ...totals,
        prompt_tokens_details: { cache_write_tokens: 200 },
        server_tool_use: { web_search_requests: 3 },
        service_tier: "batch",
      };
      const { call, costs } = await read(usage_object);
      expect(call).toMatchObject({
        input_tokens: 800,
        cache_create_tokens: 200,
        web_search_requests: 3,
        service_tier: "batch",
      });
      // Half of (800 × 2 + 200 × 2.5 + 100 × 10) $/M, and 3 × $0.01
      expect(costs).toEqual([31_550_000_000n, 31_550_000_000n]);
    });

    test("speed and place", async () => {
      const { call } = await read({ ...totals, speed: "fast", inference_geo: "us" });
      expect(call).toMatchObject({ speed: "fast", inference_geo: "us" });
    });

    test("audio has prices of its own", async () => {
      const { costs } = await read({ ...totals, prompt_tokens_details: { audio_tokens: 7 } });
      expect(costs).toEqual([null, null]);
    });

    test("the bare totals, which are no figure of the provider", async () => {
      const { call, costs } = await read(undefined);
      expect(call).toMatchObject({ input_tokens: 1420, usage_source: "telemetry", usage_convention: "inclusive" });
      // (1,420 × 2 + 100 × 10) $/M
      expect(costs).toEqual([3_840_000_000n, 3_840_000_000n]);
    });

    test("the counts of an older row lie beside the totals", async () => {
      const metadata = { additional_usage_values: { cache_read_input_tokens: 400, cache_creation_input_tokens: 20 } };
      const { calls } = await readAll(fileOf("s.jsonl", jsonl({ ...row, metadata })));
      expect(calls[0]).toMatchObject({ input_tokens: 1000, cache_create_tokens: 20, cache_read_tokens: 400 });
      expect(calls[0]).not.toHaveProperty("usage_source");
      expect(costs(calls)).toEqual([3_090_000_000n]);
    });

    test("the provider's own object", async () => {
      const usage = { input_tokens: 1000, cache_read_input_tokens: 400, output_tokens: 100 };
      const { call, costs } = await read(usage);
      expect(call).toMatchObject({ usage });
      // (1,000 × 2 + 400 × 0.1 + 100 × 10) $/M
      expect(costs).toEqual([3_040_000_000n, 3_040_000_000n]);
    });
  });

  test("without tokens have no price of ours; without a cost either they are skipped", async () => {
    const none = { ...row, prompt_tokens: 0, completion_tokens: 0, metadata: {} };
    const all = await readAll(fileOf("s.jsonl", jsonl({ ...none, spend: 0.04 }, { ...none, spend: 0 })));
    expect(all.skipped).toEqual({ "neither tokens nor a cost": 1 });
    expect(all.calls).toHaveLength(1);
    expect(all.calls[0]).toMatchObject({ incomplete: true, cost_usd_micros: 40_000 });
    expect(all.calls[0]).not.toHaveProperty("input_tokens");
    expect(costs(all.calls)).toEqual([null]);
  });

  test("that failed are failed calls, and answers of its own cache are none", async () => {
    const failed = {
      ...row,
      status: "failure",
      spend: 0,
      prompt_tokens: 0,
      completion_tokens: 0,
      metadata: { error_information: { error_code: "429", error_message: "secret" } },
    };
    const broken = { ...failed, metadata: { error_information: { error_code: "500", error_class: "Timeout" } } };
    const cut = { ...failed, completion_tokens: 100 };
    const all = await readAll(fileOf("s.jsonl", jsonl(failed, broken, cut, { ...row, cache_hit: "True" })));
    expect(all.skipped).toEqual({ "answered by LiteLLM's own cache": 1 });
    expect(all.calls[0]).toMatchObject({ status_code: 429 });
    expect(all.calls[0]).not.toHaveProperty("input_tokens");
    expect(all.calls[1]).toMatchObject({ status_code: 599, incomplete: true });
    expect(all.calls[2]).toMatchObject({ incomplete: true, output_tokens: 100 });
    // Refused; nobody knows; 100 × $10 for a million tokens.
    expect(costs(all.calls)).toEqual([0n, null, 1_000_000_000n]);
    expect(JSON.stringify(all)).not.toContain("secret");
  });
});
