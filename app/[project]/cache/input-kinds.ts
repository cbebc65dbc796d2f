/** The kinds of input tokens, the good one first. */
export const INPUT_KINDS = [
  ["cache_read", "cache_read_tokens"],
  ["cache_create_5m", "cache_create_5m_tokens"],
  ["cache_create_1h", "cache_create_1h_tokens"],
  ["input", "input_tokens"],
] as const;
