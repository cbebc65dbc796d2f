import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/calls/route";
import { POST } from "@/app/api/v1/litellm/route";
import { createApiKey } from "@/lib/auth/api-keys";
import type { IngestResult } from "@/lib/ingest/schema";
import { createIngestApi, type IngestApi } from "@/tests/support/ingest-api";

type Answer = IngestResult & { ignored: number };
type Payload = Record<string, unknown>;

const SECRET = "the text of a prompt that nobody may keep";
const START = Date.parse("2026-11-20T12:00:00.250Z") / 1000;

let serial = 0;

/** What LiteLLM sends for one call of Anthropic: cached tokens are a part of prompt_tokens. 25,640 micro-dollars. */
function payload(overrides: Payload = {}): Payload {
  serial += 1;
  return {
    id: `chatcmpl-${serial}`,
    trace_id: "trace-1",
    call_type: "acompletion",
    stream: true,
    status: "success",
    cache_hit: null,
    ...{ model: "claude-opus-5", model_group: "smart", custom_llm_provider: "anthropic" },
    api_base: "https://api.anthropic.com/v1/messages",
    ...{ startTime: START, endTime: START + 3.5, completionStartTime: START + 0.75 },
    ...{ prompt_tokens: 4096, completion_tokens: 503, total_tokens: 4599 },
    response_cost: 0.02564,
    end_user: "",
    request_tags: ["tenant:Contoso", "feature=draft-reply", "User-Agent: curl"],
    metadata: {
      usage_object: {
        ...{ prompt_tokens: 4096, completion_tokens: 503, total_tokens: 4599 },
        completion_tokens_details: { reasoning_tokens: 0, audio_tokens: null },
        prompt_tokens_details: {
          ...{ audio_tokens: null, cached_tokens: 1800, cache_creation_tokens: 248 },
          cache_creation_token_details: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
        },
        ...{ cache_creation_input_tokens: 248, cache_read_input_tokens: 1800 },
      },
      user_api_key_alias: "backend",
      user_api_key_team_alias: "platform",
      user_api_key_user_id: "u-7",
      spend_logs_metadata: { deploy_sha: "a1b2c3d" },
      ...{ attempted_retries: 1, max_retries: 2 },
    },
    model_parameters: { max_tokens: 1024, tools: [{ input_schema: deep(60) }] },
    messages: [{ role: "user", content: SECRET }],
    response: { choices: [{ finish_reason: "stop", message: { content: SECRET } }], usage: {} },
    error_information: null,
    ...overrides,
  };
}

function deep(levels: number): unknown {
  return levels === 0 ? SECRET : { properties: deep(levels - 1) };
}

describe("POST /api/v1/litellm", () => {
  let api: IngestApi<Answer>;
  let stored: () => Promise<Record<string, unknown>[]>;
  beforeAll(async () => {
    api = await createIngestApi<Answer>(POST);
    const key = await createApiKey(api.id, { name: "read", environment: "production", scopes: ["read"] }, null);
    stored = async () => {
      const url = "http://localhost/api/v1/calls?from=2024-01-01&to=2027-01-01&limit=1000";
      const answer = await GET(new Request(url, { headers: { authorization: `Bearer ${key}` } }));
      return ((await answer.json()) as { calls: Record<string, unknown>[] }).calls;
    };
  });
  const find = async ({ id }: Payload) => (await stored()).filter(({ request_id }) => request_id === id);

  it("takes one payload, exactly, and keeps no word of it", async () => {
    const sent = payload();
    const { status, body } = await api.post(sent);
    expect([status, body]).toEqual([
      200,
      { accepted: 1, duplicates: 0, unpriced: 0, rejected: [], conflicts: [], ignored: 0 },
    ]);
    const [call] = await find(sent);
    expect(call).toMatchObject({
      ...{ occurred_at: "2026-11-20T12:00:00.250Z", latency_ms: 3500, ttft_ms: 750, attempt: 2 },
      ...{ input_tokens: 2048, cache_create_5m_tokens: 148, cache_create_1h_tokens: 100 },
      ...{ cache_read_tokens: 1800, output_tokens: 503, cost_usd: "0.02564", reported_cost_usd: "0.02564" },
      ...{ usage_source: "provider", usage_convention: "inclusive", pricing_status: "priced", source: "litellm" },
      ...{ tenant_id: "Contoso", feature: "draft-reply", deploy_sha: "a1b2c3d", user_id: "u-7", task_id: "trace-1" },
      ...{ provider: "anthropic", platform: "anthropic", stop_reason: "stop", max_tokens: 1024, status_code: 200 },
    });
    expect(JSON.stringify([body, call])).not.toContain(SECRET);
  });

  it("takes an array, and lines under the content type that LiteLLM names for them", async () => {
    const batch = [payload(), payload(), payload()];
    expect((await api.post(batch)).body).toMatchObject({ accepted: 3 });
    const lines = [payload(), payload()].map((one) => JSON.stringify(one)).join("\n");
    expect((await api.post(lines)).body).toMatchObject({ accepted: 2 });
    expect((await api.post(`${lines}\n{"id":`)).body).toMatchObject({
      ...{ accepted: 0, duplicates: 2 },
      rejected: [{ index: 2, errors: [{ path: "", message: "the line is not valid JSON: the text ends too early" }] }],
    });
  });

  it("takes a queue of 18 MB with its messages, packed or not, and refuses more than 20 MB", async () => {
    const messages = [{ role: "user", content: "x".repeat(1_000_000) }];
    const plain = JSON.stringify(Array.from({ length: 18 }, () => payload({ messages })));
    expect((await api.post(plain)).body).toMatchObject({ accepted: 18 });
    expect((await api.post(gzipSync(plain), { "content-encoding": "gzip" })).body).toMatchObject({ duplicates: 18 });
    const large = await api.post(`"${"x".repeat(20_000_000)}"`);
    expect([large.status, large.body]).toEqual([413, expect.objectContaining({ max_bytes: 20_000_000 })]);
  });

  it("counts the two events of a stream once, whichever of them tells the usage", async () => {
    const whole = payload();
    const metadata = { ...(whole.metadata as Payload), usage_object: null };
    const early = { ...whole, metadata, ...{ prompt_tokens: 0, completion_tokens: 0, response_cost: 0 } };
    expect((await api.post(early)).body).toMatchObject({ accepted: 0, ignored: 1 });
    expect((await api.post([whole, whole])).body).toMatchObject({ accepted: 1, duplicates: 1 });
    expect((await api.post({ ...whole, endTime: START + 9 })).body.conflicts).toHaveLength(1);
    expect(await find(whole)).toMatchObject([{ cost_usd: "0.02564", latency_ms: 3500 }]);
  });

  it("keeps each attempt of a retry and a fallback apart, tied by the trace", async () => {
    const failed = payload({
      ...{ id: "call-9", status: "failure", response_cost: 0, prompt_tokens: 0, completion_tokens: 0 },
      error_information: { error_code: "429", error_class: "RateLimitError", llm_provider: "anthropic" },
      metadata: { attempted_retries: 0, user_api_key_alias: "backend" },
    });
    const again = { ...failed, startTime: START + 1, endTime: START + 2, error_information: { error_code: "" } };
    const usage_object = {
      ...{ prompt_tokens: 1000, completion_tokens: 100, cache_read_input_tokens: 0 },
      prompt_tokens_details: { cached_tokens: 200 },
    };
    const fallback = payload({
      ...{
        id: "call-9",
        startTime: START + 2,
        endTime: START + 3,
        model: "openai/gpt-4o",
        custom_llm_provider: "openai",
      },
      metadata: { attempted_fallbacks: 1, usage_object },
    });
    expect((await api.post([failed, again, fallback])).body).toMatchObject({ accepted: 3, rejected: [] });
    const calls = (await find(failed)).sort((a, b) => String(a.occurred_at).localeCompare(String(b.occurred_at)));
    expect(calls.map((call) => [call.status_code, call.model, call.cost_usd, call.task_id])).toEqual([
      [429, "claude-opus-5", "0", "trace-1"],
      [599, "claude-opus-5", null, "trace-1"],
      // 800 fresh at 2.50, 200 cached at 1.25, 100 out at 10 dollars a million.
      [200, "gpt-4o", "0.00325", "trace-1"],
    ]);
  });

  it("takes the provider's own object as it is, and bare totals as an estimate", async () => {
    const raw = {
      ...{ input_tokens: 2048, output_tokens: 503, cache_read_input_tokens: 1800, cache_creation_input_tokens: 248 },
      cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
    };
    const native = payload({ call_type: "anthropic_messages", metadata: { usage_object: raw } });
    const bare = payload({ metadata: {}, prompt_tokens: 1000, completion_tokens: 100 });
    await api.post([native, bare]);
    expect(await find(native)).toMatchObject([{ cost_usd: "0.02564", pricing_status: "priced", tenant_id: "Contoso" }]);
    expect(await find(bare)).toMatchObject([
      { cost_usd: "0.0075", pricing_status: "estimated", usage_source: "telemetry", input_tokens: 1000 },
    ]);
  });

  it("reads cached tokens that exceed the prompt as counted apart, and says that it inferred so", async () => {
    const usage_object = { prompt_tokens: 10, completion_tokens: 1, cache_read_input_tokens: 1000 };
    const sent = payload({ metadata: { usage_object } });
    await api.post(sent);
    expect(await find(sent)).toMatchObject([
      { input_tokens: 10, cache_read_tokens: 1000, usage_convention: "inferred", cost_usd: "0.000575" },
    ]);
  });

  it("ignores an answer from LiteLLM's own cache, and a picture keeps the cost that LiteLLM tells", async () => {
    const hit = payload({ cache_hit: true });
    const picture = payload({
      ...{ call_type: "aimage_generation", model: "gpt-4o", custom_llm_provider: "openai", metadata: {} },
      ...{ prompt_tokens: 0, completion_tokens: 0, response_cost: 0.04 },
    });
    const { body } = await api.post([hit, picture]);
    expect(body).toMatchObject({ accepted: 1, ignored: 1, unpriced: 1 });
    expect(await find(picture)).toMatchObject([
      { cost_usd: null, pricing_status: "unpriced", pricing_reason: "usage_unknown", reported_cost_usd: "0.04" },
    ]);
  });

  it("refuses what is broken by its place and takes its neighbours", async () => {
    const negative = payload({ metadata: { usage_object: { prompt_tokens: -1, completion_tokens: 1 } } });
    const { status, body } = await api.post([
      payload({ cache_hit: "True" }),
      negative,
      5,
      payload(),
      payload({ startTime: "x" }),
    ]);
    expect([status, body.accepted, body.ignored]).toEqual([200, 1, 1]);
    expect(body.rejected.map(({ index, errors }) => [index, errors[0]])).toEqual([
      [1, { path: "input_tokens", message: "must be an integer from 0 to 1000000000" }],
      [2, { path: "", message: "must be an object with the fields of a call" }],
      [4, { path: "occurred_at", message: "is required" }],
    ]);
  });

  it.each([
    ["no JSON", "{broken", 400],
    ["a bare text", '"x"', 400],
    ["depth 100,000", "[".repeat(100_000), 400],
    ["5,001 payloads", `[${Array(5_001).fill("{}")}]`, 413],
  ])("answers %s with a problem", async (_name, body, status) => {
    expect((await api.post(body)).status).toBe(status);
  });
});
