import { expect, it } from "vitest";
import { payloadAttributes } from "@/lib/litellm/payload-attributes";
import { type Mapping, mappingSchema } from "@/lib/mapping/schema";

const PAYLOAD = {
  metadata: { user_api_key_alias: "backend", spend_logs_metadata: '{"tenant": "Contoso"}', __proto__x: 1 },
  request_tags: ["tenant:Northwind", "feature = draft", "feature=draft", 7],
  end_user: "u-1",
  messages: [{ content: "private" }],
  response: { choices: [{ message: { content: "private" } }] },
};

function found(...keys: string[]): Record<string, unknown> {
  const none = { keys: [], fallback: null };
  const mapping: Mapping = mappingSchema.parse({
    ...{ tenant_id: { keys, fallback: "x" }, feature: { keys: [], fallback: "x" } },
    ...{ deploy_sha: none, user_id: none, session_id: none, task_id: none },
  });
  return Object.fromEntries(payloadAttributes(PAYLOAD, mapping));
}

it("finds paths, metadata that was logged as text, and tags by their name", () => {
  expect(
    found(
      "metadata.user_api_key_alias",
      "metadata.spend_logs_metadata.tenant",
      "request_tags.tenant",
      "request_tags.feature",
      "end_user",
    ),
  ).toEqual({
    "metadata.user_api_key_alias": "backend",
    "metadata.spend_logs_metadata.tenant": "Contoso",
    "request_tags.tenant": "Northwind",
    "request_tags.feature": "draft",
    end_user: "u-1",
  });
});

it("leads to nothing that was said, and to nothing that every object has", () => {
  expect(
    found(
      "messages",
      "messages.0.content",
      "response.choices",
      "response",
      "metadata.constructor",
      "metadata.toString.name",
      "end_user.length",
    ),
  ).toEqual({});
});
