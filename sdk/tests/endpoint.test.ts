import { describe, expect, test } from "vitest";
import { findEndpoint } from "../src/endpoint.js";

const call = { kind: "call" };

describe("a request is known by its path", () => {
  test.each([
    ["https://api.anthropic.com/v1/messages", call],
    ["https://api.anthropic.com/v1/messages?beta=true", call],
    ["https://gateway.example/anthropic/v1/messages", call],
    ["http://localhost:4000/v1/chat/completions", call],
    ["https://api.perplexity.ai/chat/completions", call],
    ["https://api.openai.com/v1/completions", call],
    ["https://api.openai.com/v1/responses", call],
    ["https://api.openai.com/v1/embeddings", call],
    ["https://openrouter.ai/api/v1/chat/completions", { ...call, platform: "openrouter" }],
    ["https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", { ...call, platform: "azure" }],
    ["https://x.services.ai.azure.com/anthropic/v1/messages", { ...call, platform: "azure" }],
    [
      "https://bedrock-runtime.us-east-1.amazonaws.com/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse",
      {
        ...call,
        platform: "bedrock",
        location: "us-east-1",
        model: "eu.anthropic.claude-haiku-4-5-20251001-v1:0",
        isModelExact: true,
      },
    ],
    ["https://gateway.example/model/m/invoke", { ...call, platform: "bedrock", model: "m", isModelExact: true }],
    [
      "https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/invoke-with-response-stream",
      { ...call, platform: "bedrock", location: "eu-west-1", model: "m", isModelExact: true },
    ],
    [
      "https://bedrock-mantle.us-west-2.api.aws/anthropic/v1/messages",
      { ...call, platform: "bedrock", location: "us-west-2" },
    ],
    [
      "https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-haiku-4-5@20251001:streamRawPredict",
      { ...call, platform: "vertex", location: "us-east5", model: "claude-haiku-4-5@20251001", isModelExact: true },
    ],
    [
      "https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/anthropic/models/claude-opus-5:rawPredict",
      { ...call, platform: "vertex", location: "global", model: "claude-opus-5", isModelExact: true },
    ],
    [
      "https://aiplatform.googleapis.com/v1beta1/publishers/google/models/gemini-2.5-flash:generateContent",
      { ...call, platform: "vertex", location: "global", model: "gemini-2.5-flash", isModelExact: false },
    ],
    [
      "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/endpoints/openapi/chat/completions",
      { ...call, platform: "vertex", location: "europe-west4" },
    ],
    [
      "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
      { ...call, model: "gemini-2.5-flash" },
    ],
    ["https://api.anthropic.com/v1/messages/batches", { kind: "batch" }],
  ])("POST %s", (url, expected) => {
    expect(findEndpoint(url, "POST")).toEqual(expected);
  });

  test.each([
    ["https://api.anthropic.com/v1/messages/batches/msgbatch_1", { kind: "batch" }],
    ["https://api.anthropic.com/v1/messages/batches/msgbatch_1/results", { kind: "batch", batchId: "msgbatch_1" }],
  ])("GET %s", (url, expected) => {
    expect(findEndpoint(url, "GET")).toEqual(expected);
  });

  test.each([
    ["POST", "https://api.anthropic.com/v1/messages/count_tokens"],
    [
      "POST",
      "https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/anthropic/models/count-tokens:rawPredict",
    ],
    ["POST", "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:countTokens"],
    ["GET", "https://api.anthropic.com/v1/models"],
    ["GET", "https://api.openai.com/v1/chat/completions"],
    ["DELETE", "https://api.anthropic.com/v1/messages/batches/b"],
    ["POST", "https://api.openai.com/v1/files"],
    ["POST", "https://bedrock-runtime.us-east-1.amazonaws.com/guardrail/g/version/1/apply"],
    ["POST", "/v1/messages"],
    ["POST", ""],
  ])("%s %s is none", (method, url) => {
    expect(findEndpoint(url, method)).toBeNull();
  });

  test("whose escapes are broken is taken as it is written", () => {
    expect(findEndpoint("https://bedrock-runtime.us-east-1.amazonaws.com/model/%E0%A4%A/invoke", "POST")?.model).toBe(
      "%E0%A4%A",
    );
  });
});
