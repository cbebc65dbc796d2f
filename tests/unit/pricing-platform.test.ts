import { describe, expect, test } from "vitest";
import { canonicalPlace, inferPlatform } from "@/lib/pricing/platform";

test.each([
  ["bedrock", ["aws.bedrock", "aws_bedrock", "AWS_Bedrock", "amazon-bedrock", "amazon_bedrock", "amazon", "aws"]],
  ["vertex", ["gcp.vertex_ai", "vertex_ai", "vertex-ai", "vertexai", "google_vertex", "google-vertex"]],
  ["google", ["gcp.gemini", "gemini"]],
  ["foundry", ["microsoft_foundry"]],
  ["azure", ["azure.ai.openai", "azure.ai.inference", "azure_openai", "azure-openai", "AZURE"]],
  ["anthropic", ["anthropic_api"]],
  ["mistral", ["mistral_ai", "mistralai"]],
  ["xai", ["x_ai", "x-ai"]],
  ["moonshotai", ["moonshot", "moonshot_ai"]],
  ["zai", ["z-ai", "z_ai"]],
  ["voyageai", ["voyage", "voyage_ai"]],
  ["our gateway", ["Our Gateway"]],
])("%s is also called %j", (place, names) => {
  expect(names.map(canonicalPlace)).toEqual(names.map(() => place));
});

describe("a model that the book does not know", () => {
  test.each([
    ["anthropic", ["claude-x"]],
    ["openai", ["gpt-x", "chatgpt-x", "o9", "codex-x", "text-embedding-x", "computer-use-x"]],
    ["google", ["gemini-x", "gemma-x", "text-bison", "models/gemini-x", "models/gemma-x"]],
    ["mistral", ["ministral-x", "codestral-x", "devstral-x", "magistral-x", "pixtral-x", "voxtral-x"]],
    ["mistral", ["mistral-x", "mixtral-x", "open-mistral-x", "open-mixtral-x"]],
    ["cohere", ["command-x", "c4ai-x"]],
    ["deepseek", ["deepseek-x"]],
    ["xai", ["grok-x"]],
    ["moonshotai", ["kimi-x", "moonshot-x"]],
    ["minimax", ["minimax-x", "MiniMax-X"]],
    ["zai", ["glm-x", "GLM-X"]],
    ["voyageai", ["voyage-x"]],
    ["meta", ["llama-x", "Llama3", "meta-llama-x", "Meta-Llama-X"]],
  ])("was made by %s when it is called %j", (provider, models) => {
    for (const model of models) expect(inferPlatform(model), model).toEqual({ provider, platform: provider });
  });

  // Each is one letter away from a family's name.
  test.each([
    ["claudex", "my-claude-x", "gptx", "my-gpt-x", "o", "my-o9", "chatgpt", "my-codex-x", "geminix", "my-gemini-x"],
    [
      "models/x-gemini",
      "my-mistral-x",
      "mistralx",
      "my-command-x",
      "commandx",
      "my-deepseek-x",
      "my-grok-x",
      "my-kimi-x",
    ],
    ["my-minimax-x", "my-glm-x", "my-voyage-x", "my-llama-x", "mintral-x", "openmistral-x"],
  ])("is nobody's when its name is only like a family's", (...models) => {
    const made = models.map((model) => inferPlatform(model).provider);
    expect(made).toEqual(models.map((model) => (model.includes("/") ? "models" : "unknown")));
  });

  test.each([
    ["us.acme.some-model", "acme", "bedrock"],
    ["us-gov.acme.some-model", "acme", "bedrock"],
    ["global.acme2.some-model", "acme2", "bedrock"],
    ["eu.acme.m", "acme", "bedrock"],
    ["jp.acme.m", "acme", "bedrock"],
    ["au.acme.m", "acme", "bedrock"],
    ["in.acme.m", "acme", "bedrock"],
    ["apac.acme.m", "acme", "bedrock"],
    ["acme.some-model", "acme", "bedrock"],
    ["acme.7b", "unknown", "unknown"],
    ["x.us.acme.m", "x", "bedrock"],
    ["acme/some-model", "acme", "acme"],
    ["acme/some/model", "acme", "acme"],
    ["/some-model", "unknown", "unknown"],
    ["some-model", "unknown", "unknown"],
  ])("%s was made by %s and ran on %s", (model, provider, platform) => {
    expect(inferPlatform(model)).toEqual({ provider, platform });
  });
});

describe("who made a model and where it ran, from what the caller says", () => {
  type Given = Parameters<typeof inferPlatform>[1];
  test.each<[string, Given, string, string]>([
    ["claude-opus-5", { provider: "", platform: "" }, "anthropic", "anthropic"],
    ["claude-opus-5", { provider: null, platform: "Vertex_AI" }, "anthropic", "vertex"],
    ["claude-opus-5", { provider: "bedrock", platform: "vertex" }, "anthropic", "vertex"],
    ["claude-opus-5", { provider: "openrouter" }, "anthropic", "openrouter"],
    ["claude-opus-5", { provider: "foundry" }, "anthropic", "foundry"],
    ["claude-opus-5", { provider: "claude_platform_on_aws" }, "anthropic", "claude_platform_on_aws"],
    ["claude-opus-5", { provider: "groq" }, "anthropic", "groq"],
    ["claude-opus-5", { provider: "openai" }, "anthropic", "anthropic"],
    ["claude-opus-5", { platform: "azure" }, "anthropic", "foundry"],
    ["gpt-5", { platform: "azure" }, "openai", "azure"],
    ["gpt-5", { provider: "google" }, "openai", "openai"],
    ["some-model", { provider: "mistral_ai" }, "mistral", "mistral"],
    ["some-model", { provider: "azure" }, "unknown", "azure"],
    ["gpt-x", { provider: "mistral" }, "mistral", "mistral"],
    ["gpt-x", { provider: "groq" }, "openai", "groq"],
    ["us.anthropic.claude-opus-5", { platform: "openrouter" }, "anthropic", "bedrock"],
    ["claude-haiku-4-5@20251001", { platform: "openrouter" }, "anthropic", "vertex"],
    ["anthropic/claude-opus-4.7", { provider: "anthropic" }, "anthropic", "anthropic"],
    ["anthropic/claude-opus-4.7", { platform: "our-gateway" }, "anthropic", "our-gateway"],
  ])("%s given %j: made by %s, ran on %s", (model, given, provider, platform) => {
    expect(inferPlatform(model, given)).toEqual({ provider, platform });
  });
});
