import type { RateLimits } from "./call.js";

const ANTHROPIC = /^anthropic-ratelimit-(.+)$/;
const OPENAI = /^x-ratelimit-(limit|remaining|reset)-(.+)$/;

/**
 * What the headers of an answer say of its rate limits, under one spelling for all providers: `requests_limit`,
 * `input_tokens_remaining`, `tokens_reset` (a time at Anthropic, a duration at OpenAI), `retry_after_s`. Null: nothing.
 */
export function readRateLimits(headers: Headers): RateLimits | null {
  const limits: Record<string, string | number> = {};
  for (const [name, value] of headers) {
    const [, anthropic] = ANTHROPIC.exec(name) ?? [];
    const [, figure, unit] = OPENAI.exec(name) ?? [];
    const key = anthropic ?? (unit && `${unit}_${figure}`);
    if (key) limits[key.replaceAll("-", "_")] = asNumber(value) ?? value;
  }
  const retryAfter = asNumber(headers.get("retry-after") ?? "");
  if (retryAfter !== null) limits.retry_after_s = retryAfter;
  return Object.keys(limits).length > 0 ? limits : null;
}

function asNumber(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
