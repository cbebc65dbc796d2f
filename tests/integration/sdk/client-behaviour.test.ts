import { createAnthropic } from "@ai-sdk/anthropic";
import Anthropic from "@anthropic-ai/sdk";
import { generateText } from "ai";
import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Spendtrace } from "@/sdk/src/node.js";
import * as answers from "@/sdk/tests/support/answers.js";
import { json, type Provider, pieces, type Reply, sse, startProvider } from "@/sdk/tests/support/provider-server.js";
import { type ApiServer, startApiServer } from "@/tests/support/api-server";

const MODEL = "claude-sonnet-5-5";
/** 1,000 fresh and 100 output tokens of claude-sonnet-5-5. */
const USAGE = {
  input_tokens: 1000,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  output_tokens: 100,
  service_tier: "standard",
};
const COST = "0.003";
const BODY = { model: MODEL, max_tokens: 256, messages: answers.PROMPT };

let server: ApiServer;
let provider: Provider;
let spendtrace: Spendtrace;
let anthropic: Anthropic;
let openai: OpenAI;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());
beforeEach(async () => {
  provider.reset();
  server = await startApiServer();
  spendtrace = new Spendtrace({ endpoint: server.url, apiKey: server.key, tenantId: "Northwind", feature: "support" });
  const options = { apiKey: "sk-test", fetch: spendtrace.fetch() };
  anthropic = new Anthropic({ ...options, baseURL: provider.url });
  openai = new OpenAI({ ...options, baseURL: `${provider.url}/v1` });
  return () => server.close();
});

const message = (more: object = {}) => answers.anthropicMessage({ model: MODEL, usage: USAGE, ...more });
const events = (more: object = {}) => answers.anthropicEvents({ model: MODEL, usage: USAGE, ...more });
const failure = (status: number, type: string, headers: Record<string, string> = {}): Reply =>
  json({ type: "error", error: { type, message: type } }, { status, headers: { "retry-after-ms": "1", ...headers } });

/** What the product has, oldest first, by these fields. */
async function stored(...fields: string[]) {
  const { dropped } = await spendtrace.flush(10_000);
  expect(dropped).toBe(0);
  const { calls } = (await server.list("from=2026-01-01&to=2099-01-01&limit=1000")).body;
  const order = (call: Record<string, unknown>) => `${call.occurred_at} ${call.request_id}`;
  const sorted = calls.sort((a, b) => order(a).localeCompare(order(b)));
  return sorted.map((call) => fields.map((field) => call[field]));
}

describe("the Anthropic client", () => {
  test("retries: each attempt is a call, the failed ones cost nothing", async () => {
    provider.replyWith(
      failure(429, "rate_limit_error", { "request-id": "req_a" }),
      failure(529, "overloaded_error", { "request-id": "req_b" }),
      json(message(), { headers: { "request-id": "req_c" } }),
    );
    await anthropic.messages.create(BODY);
    expect(await stored("request_id", "status_code", "attempt", "cost_usd", "pricing_status")).toEqual([
      ["req_a", 429, 1, "0", "not_billable"],
      ["req_b", 529, 2, "0", "not_billable"],
      ["req_c", 200, 3, COST, "priced"],
    ]);
    const { rows } = await server.report(
      "cost-by-feature?from=2026-01-01&to=2099-01-01&compare=none&measures=cost_usd,calls,errors,rate_limited,retries",
    );
    expect(rows).toEqual([{ feature: "support", cost_usd: COST, calls: 3, errors: 1, rate_limited: 1, retries: 2 }]);
  });

  test("gives up a stream: what was known until then, as a lower bound", async () => {
    provider.replyWith(sse(events().slice(0, 6), { hold: new Promise(() => {}), headers: { "request-id": "req_d" } }));
    for await (const event of await anthropic.messages.create({ ...BODY, stream: true })) {
      if (event.type === "content_block_delta") break;
    }
    expect(
      await stored("request_id", "input_tokens", "output_tokens", "pricing_status", "pricing_notes", "cost_usd"),
    ).toEqual([["req_d", 1000, 1, "estimated", ["incomplete_stream"], "0.00201"]]);
  });

  test("aborts a stream by its controller, and one breaks off", async () => {
    provider.replyWith(
      sse(events().slice(0, 6), { hold: new Promise(() => {}) }),
      sse(events().slice(0, 6), { cut: true }),
    );
    const stream = anthropic.messages.stream(BODY);
    stream.once("text", () => stream.abort());
    await expect(stream.finalMessage()).rejects.toThrow("aborted");
    await expect(anthropic.messages.stream(BODY).finalMessage()).rejects.toThrow();
    expect(await stored("output_tokens", "pricing_status", "status_code")).toEqual([
      [1, "estimated", 200],
      [1, "estimated", 200],
    ]);
  });

  test("times out: nobody knows what it cost; the retry is known", async () => {
    provider.replyWith(() => {}, json(message()));
    await anthropic.messages.create(BODY, { timeout: 1500 });
    expect(await stored("status_code", "attempt", "pricing_status", "pricing_reason", "cost_usd")).toEqual([
      [499, 1, "unpriced", "usage_unknown", null],
      [200, 2, "priced", null, COST],
    ]);
  });

  test("is refused: tokens are shown, nothing is billed, streamed or not", async () => {
    const declined = { usage: { ...USAGE, output_tokens: 0 }, stopReason: "refusal" };
    provider.replyWith(json(message(declined)), sse(events(declined)));
    await anthropic.messages.create(BODY);
    await anthropic.messages.stream(BODY).finalMessage();
    const nothing = ["refusal", "not_billable", "declined_before_output", "0"];
    expect(await stored("stop_reason", "pricing_status", "pricing_reason", "cost_usd")).toEqual([nothing, nothing]);
  });

  test("reads the results of a batch twice: they count once", async () => {
    const id = "msgbatch_1";
    const results_url = `${provider.url}/v1/messages/batches/${id}/results`;
    const batch = json({ id, processing_status: "ended", created_at: "2026-11-18T08:00:00Z", results_url });
    const lines = [
      { custom_id: "a", result: { type: "succeeded", message: { ...message(), id: "msg_a" } } },
      { custom_id: "b", result: { type: "errored", error: {} } },
      { custom_id: "c", result: { type: "succeeded", message: { ...message(), id: "msg_c" } } },
    ];
    const results = pieces([lines.map((line) => `${JSON.stringify(line)}\n`).join("")]);
    for (let times = 0; times < 2; times++) {
      provider.replyWith(batch, results);
      for await (const _ of await anthropic.messages.batches.results(id));
    }
    expect(await stored("request_id", "occurred_at", "service_tier", "cost_usd")).toEqual([
      ["msg_a", "2026-11-18T08:00:00.000Z", "batch", "0.0015"],
      ["msg_c", "2026-11-18T08:00:00.000Z", "batch", "0.0015"],
    ]);
  });

  test("counts tokens: that is no call", async () => {
    provider.replyWith(json({ input_tokens: 14 }), json(message()));
    await anthropic.messages.countTokens({ model: MODEL, messages: answers.PROMPT });
    await anthropic.messages.create(BODY);
    expect(await stored("cost_usd")).toEqual([[COST]]);
  });

  test("names the tenant by headers of one request, which the provider does not see", async () => {
    provider.replyWith(json(message()));
    const headers = { "X-Spendtrace-Tenant-Id": "Contoso", "X-Spendtrace-User-Id": "u1" };
    await anthropic.messages.create(BODY, { headers });
    expect(await stored("tenant_id", "feature", "user_id")).toEqual([["Contoso", "support", "u1"]]);
    expect(Object.keys(provider.requests[0]?.headers ?? {}).filter((name) => name.includes("spendtrace"))).toEqual([]);
  });

  test("runs within a context, many at once: none pays for another", async () => {
    const tenants = Array.from({ length: 30 }, (_, n) => `tenant-${n}`);
    provider.replyWith(...tenants.map((_, n) => (n % 2 ? sse(events()) : json(message()))));
    await Promise.all(
      tenants.map((tenantId, n) =>
        spendtrace.run({ tenantId, taskId: `task-${tenantId}` }, async () => {
          if (n % 2)
            await anthropic.messages
              .stream(BODY)
              .finalMessage()
              .catch(() => {});
          else await anthropic.messages.create(BODY).catch(() => {});
        }),
      ),
    );
    const calls = await stored("tenant_id", "task_id");
    expect(calls.map(([tenant]) => tenant).sort()).toEqual(tenants.sort());
    expect(calls.every(([tenant, task]) => task === `task-${tenant}`)).toBe(true);
  });

  test("sends prompts of which only hashes arrive", async () => {
    provider.replyWith(json(message()), json(message()), json(message()));
    const system = "You are the canary CANARY-SYSTEM";
    const ask = (content: string) =>
      anthropic.messages.create({ ...BODY, system, messages: [{ role: "user", content }] });
    await ask("CANARY-PROMPT");
    await ask("CANARY-PROMPT");
    await ask("CANARY-OTHER");
    const [first, second, third] = await stored("prompt_hash", "prefix_hash");
    expect(first).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), expect.stringMatching(/^[0-9a-f]{16}$/)]);
    expect(second).toEqual(first);
    expect([third?.[0] !== first?.[0], third?.[1] === first?.[1]]).toEqual([true, true]);
    expect(await server.csv("from=2026-01-01&to=2099-01-01")).not.toContain("CANARY");
  });
});

describe("the OpenAI client", () => {
  const said = {
    model: "gpt-4o",
    usage: { prompt_tokens: 2006, completion_tokens: 300, prompt_tokens_details: { cached_tokens: 1920 } },
  };
  const body = { model: "gpt-4o", messages: answers.PROMPT };

  test("streams without include_usage: unpriced, not free", async () => {
    provider.replyWith(
      sse(
        answers
          .chatChunks({ ...said, usage: {} })
          .filter((chunk) => typeof chunk === "string" || !("usage" in chunk) || chunk.usage === null),
      ),
    );
    for await (const _ of await openai.chat.completions.create({ ...body, stream: true }));
    expect(await stored("model", "pricing_status", "pricing_reason", "cost_usd", "stop_reason")).toEqual([
      ["gpt-4o", "unpriced", "usage_unknown", null, "stop"],
    ]);
  });

  test("retries a server error", async () => {
    provider.replyWith(
      failure(500, "server_error", { "x-request-id": "r1" }),
      json(answers.chatCompletion(said), { headers: { "x-request-id": "r2" } }),
    );
    await openai.chat.completions.create(body);
    expect(await stored("request_id", "status_code", "attempt", "cost_usd")).toEqual([
      ["r1", 500, 1, "0"],
      ["r2", 200, 2, "0.005615"],
    ]);
  });

  test("embeds: input alone is billed", async () => {
    const embedding = {
      object: "embedding",
      index: 0,
      embedding: Buffer.from(new Float32Array(1536).buffer).toString("base64"),
    };
    const usage = { prompt_tokens: 1000, total_tokens: 1000 };
    provider.replyWith(json({ object: "list", data: [embedding], model: "text-embedding-3-small", usage }));
    await openai.embeddings.create({ model: "text-embedding-3-small", input: "fish" });
    expect(await stored("model", "input_tokens", "output_tokens", "status_code")).toEqual([
      ["text-embedding-3-small", 1000, 0, 200],
    ]);
  });
});

test("the AI SDK's own retries are attempts too", async () => {
  provider.replyWith(failure(529, "overloaded_error"), json(message()));
  const model = createAnthropic({ apiKey: "sk-test", baseURL: `${provider.url}/v1`, fetch: spendtrace.fetch() })(MODEL);
  await generateText({ model, prompt: "How much is the fish?", maxRetries: 1 });
  expect(await stored("status_code", "cost_usd")).toEqual([
    [529, "0"],
    [200, COST],
  ]);
});
