export const SAMPLE_LANGUAGES = ["TypeScript", "curl"] as const;
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number];

/** The provider call of the user's own, then one request that reports it; the usage object goes along untouched. */
export const TYPESCRIPT_SAMPLE = `import Anthropic from "@anthropic-ai/sdk";

const anthropic = new Anthropic();
const startedAt = new Date();
const message = await anthropic.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 300,
  messages: [{ role: "user", content: "Hello" }],
});

await fetch(\`\${process.env.SPENDTRACE_URL}/api/v1/calls\`, {
  method: "POST",
  headers: {
    authorization: \`Bearer \${process.env.SPENDTRACE_KEY}\`,
    "content-type": "application/json",
  },
  body: JSON.stringify({
    occurred_at: startedAt.toISOString(),
    request_id: message.id,
    tenant_id: "northwind",
    feature: "support-reply",
    model: message.model,
    usage: message.usage,
    stop_reason: message.stop_reason,
    latency_ms: Date.now() - startedAt.getTime(),
  }),
});
`;

/** A made-up call that needs no provider: it can be pasted as it is. */
export function curlSample(siteUrl: string, key: string): string {
  return `curl ${siteUrl}/api/v1/calls \\
  -H "authorization: Bearer ${key}" \\
  -H "content-type: application/json" \\
  -d '{
    "occurred_at": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
    "request_id": "first-call",
    "tenant_id": "northwind",
    "feature": "support-reply",
    "model": "claude-sonnet-5-5",
    "usage": { "input_tokens": 1200, "cache_read_input_tokens": 4000, "output_tokens": 300 },
    "latency_ms": 1840
  }'
`;
}
