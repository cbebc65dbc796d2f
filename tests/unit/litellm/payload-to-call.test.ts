import { expect, it } from "vitest";
import { readPayload } from "@/lib/litellm/payload-to-call";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";

function read(payload: Record<string, unknown>) {
  const all = { id: "call-1", model: "claude-opus-5", custom_llm_provider: "anthropic", startTime: 1_795_176_000 };
  const reading = readPayload({ ...all, ...payload }, DEFAULT_MAPPINGS.litellm);
  if (reading.kind !== "call") throw new Error(reading.reason);
  return reading;
}

it("keeps a stream that failed after tokens were used with them, as the least that it was", () => {
  const { call } = read({
    status: "failure",
    error_information: { error_code: "529", error_class: "InternalServerError" },
    metadata: { usage_object: { prompt_tokens: 100_000, completion_tokens: 2_000 } },
  });
  expect([call.status_code, call.incomplete, call.input_tokens, call.output_tokens]).toEqual([
    ...[undefined, true, 100_000, 2_000],
  ]);
});

it("keeps a refused attempt by its status", () => {
  const { call } = read({ status: "failure", error_information: { error_code: "429", error_class: "RateLimitError" } });
  expect([call.status_code, call.incomplete]).toEqual([429, undefined]);
});

it.each([
  ["no status", { error_code: "", error_class: "Exception" }],
  ["a connection that broke", { error_code: "500", error_class: "APIConnectionError" }],
  ["a time limit", { error_code: "408", error_class: "Timeout" }],
  ["nothing", null],
])("says of a failure that tells %s that it may have been billed", (_name, error_information) => {
  const { call } = read({ status: "failure", error_information });
  expect([call.status_code, call.incomplete]).toEqual([599, true]);
});

it("knows a call by the digest of an id that is too long, and takes it without what breaks its rule", () => {
  const usage_object = { prompt_tokens: 1_000, completion_tokens: 100 };
  const metadata = { usage_object, spend_logs_metadata: { deploy_sha: `sha256:${"ab".repeat(32)}` } };
  const { call, leftOut } = read({
    ...{ id: `resp_${"a".repeat(200)}`, end_user: "x".repeat(129), request_tags: ["tenant:Contoso"], metadata },
    model_parameters: { max_tokens: "many" },
  });
  expect(call).toMatchObject({
    request_id: "sha256:2d5f96df9edb981e4763aad1aee5f2a3781ec95e73fb988fa3895d822b149efb",
    ...{ deploy_sha: `sha256:${"ab".repeat(28)}a`, tenant_id: "Contoso", input_tokens: 1_000 },
  });
  expect([call.user_id, call.max_tokens]).toEqual([undefined, undefined]);
  expect(leftOut).toEqual([
    { path: "user_id", message: "must be text of 1 to 128 characters" },
    { path: "max_tokens", message: "must be an integer from 0 to 1000000000" },
  ]);
});
