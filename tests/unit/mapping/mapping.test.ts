import { describe, expect, it } from "vitest";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";
import { toCount, toMicros, toTime } from "@/lib/mapping/drafted-call";
import { mapAttributes } from "@/lib/mapping/map-attributes";
import { toProviderName } from "@/lib/mapping/provider-name";
import { MAPPED_DOORS, type Mapping, mappingSchema } from "@/lib/mapping/schema";
import { inferPlatform } from "@/lib/pricing/platform";

const none = { keys: [], fallback: null };
const mapping: Mapping = {
  ...{ tenant_id: { keys: ["tenant.id", "customer"], fallback: "unknown" }, feature: { keys: [], fallback: "chat" } },
  ...{ deploy_sha: { keys: ["sha"], fallback: null }, user_id: none, session_id: none, task_id: none },
};
const attributes = (held: Record<string, unknown>) => new Map(Object.entries(held));

describe("mapAttributes", () => {
  it("asks the nearer source first, and there goes by the order of the keys", () => {
    const span = attributes({ customer: "near", sha: 1234567 });
    const resource = attributes({ customer: "far", "tenant.id": "far", sha: "far" });
    expect(mapAttributes(mapping, [span, resource])).toEqual({
      values: { tenant_id: "near", feature: "chat", deploy_sha: "1234567" },
      origins: { tenant_id: "customer", feature: null, deploy_sha: "sha" },
    });
    expect(mapAttributes(mapping, [new Map(), resource]).origins.tenant_id).toBe("tenant.id");
  });

  it("passes over what is empty, and leaves what is no text for the rule of the field", () => {
    expect(mapAttributes(mapping, [attributes({ "tenant.id": "", customer: ["a"] })]).values.tenant_id).toEqual(["a"]);
    expect(mapAttributes(mapping, [attributes({ "tenant.id": null })]).values.tenant_id).toBe("unknown");
  });
});

describe("mappingSchema", () => {
  it.each(MAPPED_DOORS)("takes the defaults of %s", (door) => {
    expect(mappingSchema.parse(DEFAULT_MAPPINGS[door])).toEqual(DEFAULT_MAPPINGS[door]);
  });

  it.each([
    [{ tenant_id: { keys: [], fallback: " " } }, "Every call needs one: say which"],
    [{ tenant_id: { keys: ["a", "a"], fallback: "x" } }, "Name each attribute once"],
    [{ feature: { keys: [""], fallback: "x" } }, "An attribute needs a name"],
    [{ feature: { keys: Array.from({ length: 21 }, (_, i) => `k${i}`), fallback: "x" } }, "At most 20 attributes"],
    [{ deploy_sha: { keys: [], fallback: "x".repeat(65) } }, "At most 64 characters"],
    [{ user_id: { keys: [], fallback: "a\0b" } }, "Must not contain NUL or an unpaired surrogate"],
  ])("refuses %j", (change, message) => {
    const parsed = mappingSchema.safeParse({ ...mapping, ...change });
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it("takes an empty fallback of what may be missing as none", () => {
    const parsed = mappingSchema.parse({ ...mapping, user_id: { keys: [" user.id "], fallback: "" } });
    expect(parsed.user_id).toEqual({ keys: ["user.id"], fallback: null });
  });
});

it.each([
  [0.1, 100_000],
  [0.02564, 25_640],
  [1e-7, 0.1],
  [1.5e-9, 0.0015],
  ["0.25", 250_000],
  [0, 0],
  [Number.NaN, Number.NaN],
  [{}, Number.NaN],
])("%s dollars are %s micro-dollars", (usd, micros) => {
  expect(toMicros(usd)).toBe(micros);
});

it("reads counts as they are or as text, and nothing else", () => {
  expect([12, "12", "-1", "1.5", "1e3", "", true, null].map(toCount)).toEqual([12, 12, -1, 1.5, NaN, NaN, NaN, null]);
});

it("gives no time for what is none", () => {
  expect([0, 1e30, Number.NaN].map(toTime)).toEqual(["1970-01-01T00:00:00.000Z", undefined, undefined]);
});

it.each([
  ["anthropic.messages", "claude-opus-5", "anthropic", "anthropic"],
  ["Anthropic", "claude-opus-5", "anthropic", "anthropic"],
  ["aws.bedrock", "anthropic.claude-opus-5", "anthropic", "bedrock"],
  ["amazon-bedrock", "eu.anthropic.claude-haiku-4-5-20251001-v1:0", "anthropic", "bedrock"],
  ["google.vertex.anthropic.messages", "claude-opus-5", "anthropic", "vertex"],
  ["gcp.vertex_ai", "claude-opus-5", "anthropic", "vertex"],
  ["vertex_ai-anthropic_models", "claude-opus-5", "anthropic", "vertex"],
  ["google.generative-ai", "gemini-2.5-flash", "google", "google"],
  ["openai.responses", "gpt-4o", "openai", "openai"],
  ["az.ai.openai", "gpt-4o", "openai", "azure"],
  ["azure-openai.chat", "gpt-4o", "openai", "azure"],
])("the provider %s of %s is %s on %s", (name, model, provider, platform) => {
  expect(inferPlatform(model, { provider: toProviderName(name) })).toEqual({ provider, platform });
});
