/** Which model a feature calls from a date on, and for which share of its calls. */
export type ModelShare = Readonly<{ from: string; model: string; share: number }>;

/** What the calls of one feature look like; counts are means. */
export type FeatureProfile = Readonly<{
  name: string;
  /** Share of all calls. */
  share: number;
  /** Calls of one task. */
  turns: number;
  /** System prompt and tools: what the cache holds. 0 for a feature that does not cache. */
  prefix: number;
  ttl: "5m" | "1h";
  /** How often the prefix is found in the cache. */
  hit: number;
  fresh: number;
  /** What each turn adds to the conversation, which is cached as it grows. */
  growth: number;
  output: number;
  maxTokens: number;
  /** Milliseconds to the first token, and for each token of output. */
  ttft: number;
  msPerToken: number;
  models: readonly ModelShare[];
}>;

const OPUS = [
  { from: "2026-07-24", model: "claude-opus-5", share: 1 },
  { from: "2026-09-29", model: "claude-opus-5-5", share: 1 },
];
const SONNET = [
  { from: "2026-06-30", model: "claude-sonnet-5", share: 1 },
  { from: "2026-10-06", model: "claude-sonnet-5-5", share: 1 },
];
const HAIKU = [
  { from: "2025-10-15", model: "claude-haiku-4-5-20251001", share: 1 },
  { from: "2026-10-14", model: "claude-haiku-5-5", share: 1 },
];

const base = { prefix: 0, ttl: "5m", hit: 0, growth: 0, turns: 1 } as const;

/** The eight features of the sample product, the dearest first. Models change some days after each came out. */
export const FEATURES: readonly FeatureProfile[] = [
  {
    ...base,
    name: "agent-run",
    share: 0.23,
    turns: 7,
    prefix: 26_000,
    hit: 0.93,
    fresh: 4_000,
    growth: 28_000,
    output: 6_500,
    maxTokens: 32_768,
    ttft: 900,
    msPerToken: 11,
    models: OPUS,
  },
  {
    ...base,
    name: "support-reply",
    share: 0.26,
    turns: 3,
    prefix: 58_000,
    hit: 0.91,
    fresh: 5_500,
    growth: 2_400,
    output: 1_500,
    maxTokens: 4_096,
    ttft: 480,
    msPerToken: 2,
    models: SONNET,
  },
  {
    ...base,
    name: "doc-search",
    share: 0.13,
    turns: 2,
    prefix: 14_000,
    hit: 0.82,
    fresh: 40_000,
    output: 1_150,
    maxTokens: 4_096,
    ttft: 1_300,
    msPerToken: 3,
    models: SONNET,
  },
  {
    ...base,
    name: "call-summary",
    share: 0.07,
    fresh: 44_000,
    output: 1_700,
    maxTokens: 4_096,
    ttft: 1_700,
    msPerToken: 3,
    models: [
      { from: "2026-06-30", model: "claude-sonnet-5", share: 1 },
      { from: "2026-10-06", model: "claude-sonnet-5-5", share: 1 },
      { from: "2026-10-14", model: "claude-sonnet-5-5", share: 0.8 },
      { from: "2026-10-14", model: "claude-haiku-5-5", share: 0.2 },
    ],
  },
  {
    ...base,
    name: "sql-assistant",
    share: 0.07,
    turns: 4,
    prefix: 48_000,
    ttl: "1h",
    hit: 0.88,
    fresh: 3_600,
    growth: 1_500,
    output: 1_900,
    maxTokens: 8_192,
    ttft: 700,
    msPerToken: 9,
    models: OPUS,
  },
  {
    ...base,
    name: "draft-email",
    share: 0.08,
    turns: 2,
    prefix: 8_000,
    hit: 0.8,
    fresh: 5_500,
    output: 950,
    maxTokens: 2_048,
    ttft: 620,
    msPerToken: 4,
    models: [
      { from: "2025-08-07", model: "gpt-5", share: 1 },
      { from: "2026-10-06", model: "gpt-5", share: 0.6 },
      { from: "2026-10-06", model: "claude-sonnet-5-5", share: 0.4 },
    ],
  },
  {
    ...base,
    name: "ticket-triage",
    share: 0.11,
    prefix: 5_200,
    hit: 0.78,
    fresh: 1_700,
    output: 70,
    maxTokens: 256,
    ttft: 240,
    msPerToken: 2,
    models: HAIKU,
  },
  {
    ...base,
    name: "moderation",
    share: 0.05,
    fresh: 700,
    output: 12,
    maxTokens: 64,
    ttft: 190,
    msPerToken: 1,
    models: [{ from: "2025-06-17", model: "gemini-2.5-flash", share: 1 }],
  },
];

/** The model that a feature calls at a moment; `draw` in [0, 1) decides between several in use at once. */
export function modelAt(feature: FeatureProfile, at: Date, draw: number): string {
  const day = at.toISOString().slice(0, 10);
  const begun = feature.models.filter((entry) => entry.from <= day);
  const latest = begun.at(-1)?.from;
  let rest = draw;
  for (const entry of begun.filter((candidate) => candidate.from === latest)) {
    rest -= entry.share;
    if (rest < 0) return entry.model;
  }
  return begun.at(-1)?.model ?? feature.models[0]?.model ?? "unknown";
}
