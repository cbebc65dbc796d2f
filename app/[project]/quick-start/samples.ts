/** A piece of code to paste: the name of its file, and its text. */
export type Sample = Readonly<{ name: string; text: string }>;

/** What is filled into the samples. */
export type SampleValues = Readonly<{ siteUrl: string; secret: string }>;

/** The SDK is not on npm: it is packed from the checkout that the server runs from. */
export const SDK_INSTALL = `# in the folder of Spendtrace: makes spendtrace-sdk-0.1.0.tgz
npm pack --workspace @spendtrace/sdk

# in the folder of your app
npm install ../spendtrace/spendtrace-sdk-0.1.0.tgz
`;

export const SDK_SAMPLE = `import Anthropic from "@anthropic-ai/sdk";
import { Spendtrace } from "@spendtrace/sdk";

const spendtrace = new Spendtrace();
const anthropic = new Anthropic({ fetch: spendtrace.fetch() });

await spendtrace.run({ tenantId: "northwind", feature: "support-reply" }, () =>
  anthropic.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 300,
    messages: [{ role: "user", content: "Hello" }],
  }),
);
`;

export const AI_SDK_SAMPLE = `import { createAnthropic } from "@ai-sdk/anthropic";
import { generateText } from "ai";
import { Spendtrace } from "@spendtrace/sdk";

const spendtrace = new Spendtrace();
const anthropic = createAnthropic({ fetch: spendtrace.fetch() });

await spendtrace.run({ tenantId: "northwind", feature: "support-reply" }, () =>
  generateText({ model: anthropic("claude-sonnet-5-5"), prompt: "Hello" }),
);
`;

export function envSample({ siteUrl, secret }: SampleValues): string {
  return `SPENDTRACE_URL=${siteUrl}
SPENDTRACE_KEY=${secret}
`;
}

/** The standard variables of every OTLP exporter; in headers a space is written %20. */
export function otelSample({ siteUrl, secret }: SampleValues): string {
  return `OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
OTEL_EXPORTER_OTLP_ENDPOINT=${siteUrl}/api/otlp
OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20${secret}
OTEL_RESOURCE_ATTRIBUTES=tenant.id=northwind,feature=support-reply
OTEL_METRICS_EXPORTER=none
`;
}

export function claudeCodeSample({ siteUrl, secret }: SampleValues): string {
  return `export CLAUDE_CODE_ENABLE_TELEMETRY=1
export OTEL_LOGS_EXPORTER=otlp
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_ENDPOINT=${siteUrl}/api/otlp
export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer ${secret}"
claude
`;
}

/** Prompts are of no use here, and a queue full of them may become larger than a request may be. */
export function litellmSample({ siteUrl, secret }: SampleValues): string {
  return `litellm_settings:
  callbacks: ["spendtrace"]
  turn_off_message_logging: true

callback_settings:
  spendtrace:
    callback_type: generic_api
    endpoint: ${siteUrl}/api/v1/litellm
    headers:
      Authorization: Bearer ${secret}
`;
}

/** A made-up call that needs no provider: it can be pasted as it is. */
export function curlSample({ siteUrl, secret }: SampleValues): string {
  return `curl ${siteUrl}/api/v1/calls \\
  -H "authorization: Bearer ${secret}" \\
  -H "content-type: application/json" \\
  -d '{
    "occurred_at": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
    "request_id": "first-call",
    "tenant_id": "northwind",
    "feature": "support-reply",
    "model": "claude-sonnet-5-5",
    "usage": { "input_tokens": 1200, "cache_read_input_tokens": 4000,
               "output_tokens": 300 },
    "latency_ms": 1840
  }'
`;
}

/** The provider call of the user's own, then one request that reports it; the usage object goes along untouched. */
export const PYTHON_SAMPLE = `import os
from datetime import datetime, timezone

import anthropic
import requests

started_at = datetime.now(timezone.utc)
message = anthropic.Anthropic().messages.create(
    model="claude-sonnet-5-5",
    max_tokens=300,
    messages=[{"role": "user", "content": "Hello"}],
)

requests.post(
    os.environ["SPENDTRACE_URL"] + "/api/v1/calls",
    headers={"authorization": "Bearer " + os.environ["SPENDTRACE_KEY"]},
    json={
        "occurred_at": started_at.isoformat(),
        "request_id": message.id,
        "tenant_id": "northwind",
        "feature": "support-reply",
        "model": message.model,
        "usage": message.usage.model_dump(),
        "stop_reason": message.stop_reason,
    },
    timeout=5,
).raise_for_status()
`;

export function importSample({ siteUrl, secret }: SampleValues, files: string): string {
  return `export SPENDTRACE_URL=${siteUrl}
export SPENDTRACE_KEY=${secret}
npx spendtrace import ${files}
`;
}
