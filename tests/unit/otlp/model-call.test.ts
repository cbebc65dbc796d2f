import { expect, it } from "vitest";
import { isModelCall } from "@/lib/otlp/attributes";

it.each([
  [{ "ai.operationId": "ai.generateText.doGenerate" }, true],
  [{ "ai.operationId": "ai.streamText.doStream" }, true],
  [{ "ai.operationId": "ai.embedMany.doEmbed" }, true],
  [{ "ai.operationId": "ai.generateText" }, false],
  [{ "ai.operationId": "ai.toolCall" }, false],
  [{ "openinference.span.kind": "LLM" }, true],
  [{ "openinference.span.kind": "EMBEDDING" }, true],
  [{ "openinference.span.kind": "AGENT" }, false],
  [{ "openinference.span.kind": "CHAIN", "gen_ai.operation.name": "chat" }, false],
  [{ "gen_ai.operation.name": "chat" }, true],
  [{ "gen_ai.operation.name": "generate_content" }, true],
  [{ "gen_ai.operation.name": "embeddings" }, true],
  [{ "gen_ai.operation.name": "invoke_agent" }, false],
  [{ "gen_ai.operation.name": "execute_tool" }, false],
  [{ "gen_ai.operation.name": "invoke_workflow" }, false],
  [{ "gen_ai.operation.type": "ai_client" }, true],
  [{ "gen_ai.operation.type": "agent" }, false],
  [{ "llm.request.type": "chat", "traceloop.span.kind": "task" }, true],
  [{ "traceloop.span.kind": "workflow" }, false],
  [{ "langfuse.observation.type": "generation" }, true],
  [{ "langfuse.observation.type": "span" }, false],
  [{ "gen_ai.usage.input_tokens": 5 }, null],
])("%j is one call of a model: %s", (attributes, expected) => {
  expect(isModelCall(new Map(Object.entries(attributes)))).toBe(expected);
});
