import { readAnthropic, readAnthropicStream } from "@/lib/ingest/normalize-anthropic";
import { readBedrock } from "@/lib/ingest/normalize-bedrock";
import {
  got,
  isObject,
  type JsonObject,
  MAX_WEB_SEARCHES,
  NO_TOKENS,
  type ReadUsage,
  sumParts,
  UsageReader,
} from "@/lib/ingest/normalize-count";
import { readGemini } from "@/lib/ingest/normalize-gemini";
import { readOpenai } from "@/lib/ingest/normalize-openai";
import type { FieldError } from "@/lib/ingest/schema";
import { type TokenKind, USAGE_UNKNOWN, type Usage, type UsageSource } from "@/lib/pricing/schema";

type Maybe<T> = T | null | undefined;

/** The fields of a call that say what it used, as POST /api/v1/calls takes them. */
export type NormalizeInput = Readonly<{
  model: string;
  /** Whose model it is; only decides between shapes that look alike. */
  provider?: Maybe<string>;
  usage?: unknown;
  input_tokens?: Maybe<number>;
  cache_create_5m_tokens?: Maybe<number>;
  cache_create_1h_tokens?: Maybe<number>;
  /** Cache writes of unknown lifetime: taken as 5 min and marked. */
  cache_create_tokens?: Maybe<number>;
  cache_read_tokens?: Maybe<number>;
  output_tokens?: Maybe<number>;
  web_search_requests?: Maybe<number>;
  service_tier?: Maybe<string>;
  speed?: Maybe<string>;
  inference_geo?: Maybe<string>;
  status_code?: Maybe<number>;
  /** The answer was cut: what is told is a lower bound, and what is not told is not zero. */
  incomplete?: Maybe<boolean>;
  usage_source?: Maybe<UsageSource>;
}>;

export type NormalizeResult = { ok: true; usage: Usage } | { ok: false; errors: FieldError[] };

const COUNT_FIELDS = [
  ["input_tokens", "input"],
  ["cache_create_5m_tokens", "cacheCreate5m"],
  ["cache_create_1h_tokens", "cacheCreate1h"],
  ["cache_read_tokens", "cacheRead"],
  ["output_tokens", "output"],
] as const satisfies readonly (readonly [keyof NormalizeInput, TokenKind])[];

const INCOMPLETE = "incomplete_stream";

const ACCEPTED_SHAPES =
  "is not a usage object known here: send that of Anthropic Messages (input_tokens, output_tokens), OpenAI chat completions " +
  "(prompt_tokens) or responses (input_tokens, output_tokens), Gemini (promptTokenCount) or Bedrock Converse (inputTokens, outputTokens)";

/**
 * Turns what a call says of its usage into disjoint token counts by model. A provider's usage object is read by the rules
 * of that provider; plain counts are taken as they are. When both are given they must agree.
 * @returns the usage, or every broken rule with its path; counts are integers from 0 to 1,000,000,000
 */
export function normalizeUsage(input: NormalizeInput): NormalizeResult {
  const reader = new UsageReader();
  const counts = readCounts(reader, input);
  let read: ReadUsage | null = null;
  if (input.usage !== undefined && input.usage !== null) {
    read = readUsage(reader, input.usage, input);
    if (counts && read && reader.errors.length === 0) checkAgreement(reader, input, read);
  } else if (counts) {
    read = counts;
  } else if (input.incomplete && !isRefused(input.status_code)) {
    read = unknownUsage(input.model);
  } else if ((input.status_code ?? 200) >= 400) {
    read = emptyUsage(input.model);
  } else {
    reader.fail("usage", "is required unless token counts (input_tokens, output_tokens, …) are given");
  }
  if (read) reader.checkTotals(read.parts);
  if (!read || reader.errors.length > 0) return { ok: false, errors: reader.errors };
  return {
    ok: true,
    usage: {
      parts: read.parts,
      webSearchRequests: read.webSearchRequests ?? counts?.webSearchRequests ?? 0,
      serviceTier: serviceTierOf(read.serviceTier, input.service_tier),
      speed: (read.speed ?? input.speed ?? "standard").toLowerCase(),
      inferenceGeo: (read.inferenceGeo ?? input.inference_geo)?.toLowerCase() ?? null,
      notes: notesOf(read, input),
      source: input.usage_source ?? "provider",
    },
  };
}

function readUsage(reader: UsageReader, usage: unknown, { model, provider }: NormalizeInput): ReadUsage | null {
  if (!isObject(usage)) {
    reader.fail("usage", `must be the usage object of the provider's response, ${got(usage)}`);
    return null;
  }
  if ("stream_events" in usage) {
    return readAnthropicStream(reader, reader.objects(usage, "stream_events", "usage"), model);
  }
  if ("prompt_tokens" in usage) return readOpenai(reader, usage, model, "chat");
  if ("promptTokenCount" in usage || "candidatesTokenCount" in usage) return readGemini(reader, usage, model);
  if ("inputTokens" in usage || "outputTokens" in usage) {
    if (!isVercelUsage(usage)) return readBedrock(reader, usage, model);
    reader.fail(
      "usage",
      "is the Vercel AI SDK's summary, whose inputTokens include cached ones: send the provider's own object",
    );
    return null;
  }
  if ("input_tokens" in usage || "output_tokens" in usage) {
    return isResponsesUsage(usage, provider)
      ? readOpenai(reader, usage, model, "responses")
      : readAnthropic(reader, usage, model);
  }
  reader.fail("usage", ACCEPTED_SHAPES);
  return null;
}

function isVercelUsage(usage: JsonObject): boolean {
  return "cachedInputTokens" in usage || "inputTokenDetails" in usage || "reasoningTokens" in usage;
}

function isResponsesUsage(usage: JsonObject, provider: Maybe<string>): boolean {
  if ("input_tokens_details" in usage) return true;
  return provider === "openai" && !("cache_read_input_tokens" in usage || "cache_creation_input_tokens" in usage);
}

/** The plain counts of a call; null when it gives none. */
function readCounts(reader: UsageReader, input: NormalizeInput): ReadUsage | null {
  const fields = [...COUNT_FIELDS.map(([field]) => field), "cache_create_tokens", "web_search_requests"] as const;
  if (fields.every((field) => input[field] === undefined || input[field] === null)) return null;
  const at = (field: (typeof fields)[number], max?: number) => reader.count(input, field, "", max);
  const of5m = at("cache_create_5m_tokens");
  const of1h = at("cache_create_1h_tokens");
  const ofUnknown = at("cache_create_tokens");
  if (ofUnknown > 0 && of5m + of1h > 0 && ofUnknown !== of5m + of1h) {
    reader.fail(
      "cache_create_tokens",
      `must equal cache_create_5m_tokens + cache_create_1h_tokens when those are given: ${ofUnknown} ≠ ${of5m + of1h}`,
    );
  }
  const isSplit = of5m + of1h > 0;
  const tokens = {
    input: at("input_tokens"),
    cacheCreate5m: isSplit ? of5m : ofUnknown,
    cacheCreate1h: of1h,
    cacheRead: at("cache_read_tokens"),
    output: at("output_tokens"),
  };
  return {
    ...emptyUsage(input.model),
    parts: [
      {
        model: input.model,
        billable: true,
        tokens,
        notes: !isSplit && ofUnknown > 0 ? ["no_ttl_split:assumed_5m"] : [],
      },
    ],
    webSearchRequests: at("web_search_requests", MAX_WEB_SEARCHES),
  };
}

/** Two accounts of one call must tell the same: to prefer one in silence would lose the other. */
function checkAgreement(reader: UsageReader, input: NormalizeInput, read: ReadUsage): void {
  const total = sumParts(read.parts);
  const pairs: [keyof NormalizeInput, number | null][] = [
    ...COUNT_FIELDS.map(([field, kind]): [keyof NormalizeInput, number] => [field, total[kind]]),
    ["cache_create_tokens", total.cacheCreate5m + total.cacheCreate1h],
    ["web_search_requests", read.webSearchRequests],
  ];
  for (const [field, inUsage] of pairs) {
    const given = input[field];
    if (given === undefined || given === null || inUsage === null || given === inUsage) continue;
    reader.fail(field, `must equal what usage says, or be left out: ${given} ≠ ${inUsage}`);
  }
}

function emptyUsage(model: string): ReadUsage {
  return {
    parts: [{ model, billable: true, tokens: NO_TOKENS }],
    webSearchRequests: null,
    serviceTier: null,
    speed: null,
    inferenceGeo: null,
    notes: [],
  };
}

/** 499 and 599 stand for an answer that never came, because the client gave up or the connection broke: it may be billed. */
function isRefused(status: Maybe<number>): boolean {
  return (status ?? 200) >= 400 && status !== 499 && status !== 599;
}

/** A call whose tokens nobody told: it has no price, which is not the same as costing nothing. */
function unknownUsage(model: string): ReadUsage {
  return {
    ...emptyUsage(model),
    parts: [{ model, billable: true, tokens: NO_TOKENS, unpricedReason: USAGE_UNKNOWN }],
  };
}

function notesOf({ notes }: ReadUsage, { incomplete }: NormalizeInput): readonly string[] {
  return incomplete && !notes.includes(INCOMPLETE) ? [...notes, INCOMPLETE] : notes;
}

/** A batch is one if either side says so: documented results leave the tier out, the path they came by knows it. */
function serviceTierOf(said: string | null, asked: Maybe<string>): string {
  if (asked?.toLowerCase() === "batch") return "batch";
  const tier = (said ?? asked ?? "standard").toLowerCase();
  return tier === "default" ? "standard" : tier;
}
