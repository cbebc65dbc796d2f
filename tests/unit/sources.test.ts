import { expect, test } from "vitest";
import { doorSteps } from "@/app/[project]/quick-start/door-steps";
import { DOORS, doorHref, findDoor } from "@/app/[project]/quick-start/doors";
import { dropWords } from "@/app/[project]/settings/sources/drop-words";
import { readHeadroom } from "@/app/[project]/settings/sources/headroom";
import { sourceName } from "@/app/[project]/settings/sources/source-name";
import { readView, sourcesHref } from "@/app/[project]/view";
import { DROP_REASONS } from "@/lib/clients/schema";

test.each([
  [null, "Posted as JSON"],
  ["sdk-js/0.1.0", "TypeScript SDK"],
  ["otlp/com.anthropic.claude_code.events 2.1.0", "Claude Code"],
  ["otlp/@traceloop/instrumentation-anthropic 0.27.0", "OpenTelemetry"],
  ["litellm", "LiteLLM"],
  ["import/claude-code", "Imported file"],
  ["our-gateway", "Named by its sender"],
])("calls of the source %j came by the door %s", (source, name) => {
  expect(sourceName(source)).toBe(name);
});

test("headroom is what remains of each limit, the scarcest first; what cannot be compared comes last", () => {
  const told = {
    requests_limit: 50,
    requests_remaining: 40,
    input_tokens_limit: 40_000,
    input_tokens_remaining: 1_000,
    tokens_remaining: 5,
    output_tokens_remaining: "many",
    requests_reset: "2026-11-21T12:00:00Z",
    retry_after_s: 3,
  };
  expect(readHeadroom(told)).toEqual([
    { name: "input tokens", remaining: 1_000, limit: 40_000 },
    { name: "requests", remaining: 40, limit: 50 },
    { name: "tokens", remaining: 5, limit: null },
  ]);
});

test("every reason has words of its own, and one that is not known those of other", () => {
  expect(new Set(DROP_REASONS.map((reason) => dropWords(reason).label)).size).toBe(DROP_REASONS.length);
  expect(dropWords("whim")).toBe(dropWords("other"));
});

test("a page leads to what was dropped in its own period and environments, whatever else it is filtered by", () => {
  const now = new Date("2026-11-21T14:32:08Z");
  const view = readView("acme", "/tenants", { period: "7d", env: "staging", "filter.tenant": "Northwind" }, now);
  expect(sourcesHref(view, view.query.period)).toBe("/acme/settings/sources?period=7d&env=staging");
  const span = { from: new Date("2026-11-19T07:29:00Z"), to: new Date("2026-11-21T00:00:00Z") };
  expect(sourcesHref(view, span)).toBe(
    "/acme/settings/sources?from=2026-11-19T07:29:00.000Z&to=2026-11-21&env=staging",
  );
});

test("every door has steps with the address and the key filled in, none of them undefined", () => {
  const values = { siteUrl: "https://spend.example", secret: "st_live_abc" };
  for (const { key } of DOORS) {
    const texts = doorSteps(key, values).flatMap(({ samples }) => samples.map(({ text }) => text));
    expect(texts.length, key).toBeGreaterThan(0);
    expect(texts.join(""), key).not.toMatch(/undefined|st_live_…/);
  }
  // Prompts that come along are of no use, and may make a batch larger than a request may be.
  expect(doorSteps("litellm", values).flatMap(({ samples }) => samples.map(({ text }) => text))[0]).toMatch(
    /^litellm_settings:\n {2}callbacks: \["spendtrace"\]\n {2}turn_off_message_logging: true\n/,
  );
  expect([findDoor("litellm").key, findDoor("nowhere").key, findDoor(["otel"]).key, findDoor(undefined).key]).toEqual([
    ...["litellm", "sdk", "sdk", "sdk"],
  ]);
  expect(doorHref("acme", "ai-sdk")).toBe("/acme/quick-start?door=ai-sdk");
});
