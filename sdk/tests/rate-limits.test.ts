import { expect, test } from "vitest";
import { readRateLimits } from "../src/rate-limits.js";

test("rate limits have one spelling for all providers", () => {
  const anthropic = {
    "anthropic-ratelimit-requests-limit": "4000",
    "anthropic-ratelimit-requests-remaining": "3999",
    "anthropic-ratelimit-requests-reset": "2026-11-20T12:00:00Z",
    "anthropic-ratelimit-input-tokens-limit": "2000000",
    "anthropic-ratelimit-input-tokens-remaining": "1999000",
    "retry-after": "7",
  };
  expect(readRateLimits(new Headers(anthropic))).toEqual({
    requests_limit: 4000,
    requests_remaining: 3999,
    requests_reset: "2026-11-20T12:00:00Z",
    input_tokens_limit: 2_000_000,
    input_tokens_remaining: 1_999_000,
    retry_after_s: 7,
  });
  const openai = {
    "x-ratelimit-limit-requests": "60",
    "x-ratelimit-remaining-tokens": "149984",
    "x-ratelimit-reset-tokens": "6m0s",
    "x-request-id": "r",
    "retry-after": "Fri, 20 Nov 2026 12:00:00 GMT",
  };
  expect(readRateLimits(new Headers(openai))).toEqual({
    requests_limit: 60,
    tokens_remaining: 149_984,
    tokens_reset: "6m0s",
  });
  expect(readRateLimits(new Headers({ "content-type": "application/json" }))).toBeNull();
});
