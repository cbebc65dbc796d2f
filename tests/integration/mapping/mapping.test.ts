import { beforeEach, describe, expect, test, vi } from "vitest";
import { dropMapping, putMapping, tryMapping } from "@/app/[project]/settings/mapping/actions";
import type { Trial } from "@/app/[project]/settings/mapping/try-payload";
import { POST as postTraces } from "@/app/api/otlp/v1/traces/route";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";
import { listMappings } from "@/lib/mapping/read";
import type { MappedDoor } from "@/lib/mapping/schema";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { type SpanBody, tracesInJson } from "@/tests/support/otlp-bodies";
import { createPerson, visit } from "@/tests/support/visitor";

vi.mock("next/headers", () => import("@/tests/support/visitor"));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));

const DEFAULTS = DEFAULT_MAPPINGS.otlp;
const OWN = { ...DEFAULTS, tenant_id: { keys: ["acme.account"], fallback: "nobody" } };
const RAW = {
  ...{ input_tokens: 2048, cache_creation_input_tokens: 248, cache_read_input_tokens: 1800, output_tokens: 503 },
  cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
};

let api: CallsApi;
let serial = 0;
beforeEach(async () => {
  api = await createCallsApi();
  visit((await createPerson(api.id, "owner")).cookie);
});

function span(attributes: SpanBody["attributes"] = {}): SpanBody {
  serial += 1;
  const counts = { "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 100 };
  return {
    ...{ name: "chat", traceId: "5b8efff798038103d269b633813fc60c", spanId: serial.toString(16).padStart(16, "0") },
    ...{ start: new Date("2026-11-20T12:00:00.000Z"), ms: 1500 },
    attributes: {
      "gen_ai.request.model": "claude-sonnet-5-5",
      ...counts,
      ...{ "acme.account": "Contoso", "tenant.id": "Northwind", "service.name": "assistant" },
      ...attributes,
    },
  };
}

async function send(): Promise<unknown> {
  const one = span();
  const headers = { authorization: `Bearer ${api.key}`, "content-type": "application/json" };
  const body = JSON.stringify(tracesInJson({ spans: [one] }));
  await postTraces(new Request("http://localhost/", { method: "POST", headers, body }));
  const { calls } = (await api.list()).body;
  return calls.find(({ request_id }) => request_id === `${one.traceId}:${one.spanId}`)?.tenant_id;
}

async function tried(
  text: unknown,
  door: MappedDoor = "otlp",
  mapping: unknown = DEFAULT_MAPPINGS[door],
): Promise<Trial> {
  const answer = await tryMapping(api.slug, {
    door,
    mapping,
    text: typeof text === "string" ? text : JSON.stringify(text),
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
  return answer.value;
}

const recordsOf = (trial: Trial) => (trial.ok ? trial.records : []);

describe("a mapping", () => {
  test("holds from the moment it is saved, and the defaults again from the moment it is reset", async () => {
    expect(await send()).toBe("Northwind");
    expect(await putMapping(api.slug, { door: "otlp", ...OWN })).toEqual({ ok: true, value: undefined });
    expect(await send()).toBe("Contoso");
    const [otlp, claudeCode] = await listMappings(api.scope);
    expect(otlp).toMatchObject({ door: "otlp", mapping: OWN, changedBy: "Somebody", changedAt: expect.any(Date) });
    expect(claudeCode).toEqual({
      ...{ door: "claude-code", mapping: DEFAULT_MAPPINGS["claude-code"] },
      ...{ changedAt: null, changedBy: null },
    });
    await dropMapping(api.slug, { door: "otlp" });
    expect(await send()).toBe("Northwind");
  });

  test("is of its own project only", async () => {
    await putMapping(api.slug, { door: "otlp", ...OWN });
    api = await createCallsApi();
    expect(await send()).toBe("Northwind");
  });

  test("that breaks a rule is not saved, and the field is named", async () => {
    const broken = { ...OWN, tenant_id: { keys: ["a", "a"], fallback: "x" }, feature: { keys: [], fallback: "" } };
    expect(await putMapping(api.slug, { door: "otlp", ...broken })).toEqual({
      ok: false,
      errors: { tenant_id: "Name each attribute once", feature: "Every call needs one: say which" },
    });
    expect((await listMappings(api.scope))[0]?.changedAt).toBeNull();
  });
});

describe("the tester", () => {
  test("shows the call that a span would become, by a mapping that is not saved, with origins and price; nothing is stored", async () => {
    const export_ = tracesInJson({ spans: [span({ "gen_ai.usage.cache_read.input_tokens": 400 })] });
    const [record] = recordsOf(await tried(export_, "otlp", OWN));
    expect(record).toMatchObject({
      name: "chat",
      judged: { outcome: "call", costUsd: "0.00224", contradiction: null },
    });
    const fields = record?.judged.outcome === "call" ? record.judged.fields : [];
    expect(Object.fromEntries(fields.map(({ field, value, origin }) => [field, [value, origin]]))).toMatchObject({
      tenant_id: ["Contoso", "acme.account"],
      feature: ["assistant", "service.name"],
      input_tokens: ["600", "gen_ai.usage.input_tokens"],
      cache_read_tokens: ["400", "gen_ai.usage.cache_read.input_tokens"],
      usage_convention: ["inclusive", null],
      occurred_at: ["2026-11-20T12:00:00.000Z", "startTimeUnixNano"],
    });
    expect((await api.list()).body.calls).toEqual([]);
  });

  test("takes a single span and a list of them as well, and our own attribute exactly", async () => {
    const inner = tracesInJson({
      spans: [span({ "gen_ai.request.model": "claude-opus-5", "spendtrace.usage": JSON.stringify(RAW) })],
    });
    const one = inner.resourceSpans[0]?.scopeSpans[0]?.spans[0];
    for (const pasted of [one, [one, one]]) {
      expect(recordsOf(await tried(pasted))[0]?.judged).toMatchObject({ outcome: "call", costUsd: "0.02564" });
    }
  });

  test("says why a span would be ignored or refused", async () => {
    const spans = [span({ "gen_ai.operation.name": "invoke_agent" }), span({ "gen_ai.usage.input_tokens": -1 })];
    expect(recordsOf(await tried(tracesInJson({ spans }))).map(({ judged }) => judged)).toMatchObject([
      { outcome: "ignored", reason: "not_a_model_call" },
      { outcome: "refused", errors: [{ path: "input_tokens", message: "must be an integer from 0 to 1000000000" }] },
    ]);
  });

  test("reads the events of Claude Code and the payloads of LiteLLM by their own doors", async () => {
    const attributes = Object.entries({
      ...RAW,
      cache_creation: "",
      model: "claude-opus-5",
      "session.id": "s",
      "event.sequence": 1,
    });
    const event = {
      ...{ timeUnixNano: "1795176000000000000", body: { stringValue: "claude_code.api_request" } },
      attributes: attributes.map(([key, value]) => ({ key, value: { stringValue: String(value) } })),
    };
    expect(recordsOf(await tried(event, "claude-code"))).toMatchObject([
      { name: "claude_code.api_request", judged: { outcome: "call", costUsd: "0.022815" } },
    ]);
    const payload = {
      ...{ id: "chatcmpl-1", status: "success", model: "claude-opus-5", custom_llm_provider: "anthropic" },
      ...{
        startTime: 1795176000.5,
        endTime: 1795176001,
        metadata: { usage_object: RAW, user_api_key_alias: "backend" },
      },
    };
    expect(recordsOf(await tried([payload, { ...payload, cache_hit: true }], "litellm"))).toMatchObject([
      { name: "chatcmpl-1", judged: { outcome: "call", costUsd: "0.02564" } },
      { name: "chatcmpl-1", judged: { outcome: "ignored", reason: "cache_hit" } },
    ]);
  });

  test.each([
    ["{broken", "This cannot be read: not valid JSON at character 1."],
    ["7", "This cannot be read: it is no object."],
    ['{"resourceLogs":[]}', 'This cannot be read: it is no export with "resourceSpans".'],
    ['{"resourceSpans":5}', 'This cannot be read: "resourceSpans" must be a list.'],
  ])("says what is wrong with %s", async (text, why) => {
    expect(await tried(text)).toEqual({ ok: false, why });
  });

  test("is bounded, and open to members only", async () => {
    const long = await tryMapping(api.slug, { door: "otlp", mapping: OWN, text: "x".repeat(200_001) });
    expect(long).toEqual({ ok: false, errors: { text: "At most 200,000 characters" } });
    visit((await createPerson(api.id, "viewer")).cookie);
    await expect(tried("{}")).rejects.toThrow();
  });
});
