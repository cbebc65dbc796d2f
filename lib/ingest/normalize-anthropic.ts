import {
  addTokens,
  type JsonObject,
  MAX_WEB_SEARCHES,
  type ReadUsage,
  type UsageReader,
} from "@/lib/ingest/normalize-count";
import type { TokenCounts, UsagePart } from "@/lib/pricing/schema";

const NO_SPLIT = "no_ttl_split:assumed_5m";

/**
 * Reads an Anthropic Messages usage object: fresh input, cache writes and reads are disjoint there. With `iterations`
 * those are what is billed (the top level leaves out compaction, advisors and attempts that were not served).
 * @param model the model of the response, for iterations that do not name their own
 */
export function readAnthropic(reader: UsageReader, usage: JsonObject, model: string): ReadUsage {
  const top = readTokens(reader, usage, "usage");
  const iterations = reader.objects(usage, "iterations", "usage");
  const parts =
    iterations.length > 0
      ? readIterations(reader, iterations, top, model)
      : [{ model, billable: true, tokens: top.tokens, notes: top.notes }];
  const serverTools = reader.object(usage, "server_tool_use", "usage");
  return {
    parts,
    webSearchRequests:
      serverTools &&
      reader.optionalCount(serverTools, "web_search_requests", "usage.server_tool_use", MAX_WEB_SEARCHES),
    serviceTier: reader.text(usage, "service_tier", "usage"),
    speed: reader.text(usage, "speed", "usage"),
    inferenceGeo: reader.text(usage, "inference_geo", "usage"),
    notes: [],
  };
}

/**
 * Merges the events of a stream: `message_start` says how it began, each `message_delta` replaces (its figures are
 * cumulative). A stream without the final delta only has a placeholder for output: the cost is a lower bound.
 */
export function readAnthropicStream(reader: UsageReader, events: readonly JsonObject[], model: string): ReadUsage {
  let merged: JsonObject = {};
  let isComplete = false;
  let stopReason: unknown;
  for (const [index, event] of events.entries()) {
    const path = `usage.stream_events[${index}]`;
    if (event.type === "message_start") {
      const message = reader.object(event, "message", path);
      merged = (message && reader.object(message, "usage", `${path}.message`)) ?? {};
    } else if (event.type === "message_delta") {
      const delta = reader.object(event, "usage", path);
      const said = Object.entries(delta ?? {}).filter(([, value]) => value !== null && value !== undefined);
      merged = { ...merged, ...Object.fromEntries(said) };
      isComplete ||= delta !== null;
      stopReason = reader.object(event, "delta", path)?.stop_reason ?? stopReason;
    }
  }
  const read = readAnthropic(reader, merged, model);
  const [answer, ...rest] = read.parts;
  const isDeclined = stopReason === "refusal" && answer?.tokens.output === 0;
  return {
    ...read,
    parts: answer && isDeclined ? [{ ...answer, billable: false }, ...rest] : read.parts,
    notes: isComplete ? read.notes : [...read.notes, "incomplete_stream"],
  };
}

type SplitTokens = { tokens: TokenCounts; written: number; notes: readonly string[] };

/** 5 min and 1 h writes by the split; what the total has beyond it is 5 min (breakpoints of server tools always are). */
function readTokens(reader: UsageReader, usage: JsonObject, path: string): SplitTokens {
  const total = reader.optionalCount(usage, "cache_creation_input_tokens", path);
  const split = reader.object(usage, "cache_creation", path);
  const of5m = split ? reader.count(split, "ephemeral_5m_input_tokens", `${path}.cache_creation`) : 0;
  const of1h = split ? reader.count(split, "ephemeral_1h_input_tokens", `${path}.cache_creation`) : 0;
  const written = total ?? of5m + of1h;
  const notes: string[] = [];
  if (!split && written > 0) notes.push(NO_SPLIT);
  if (split && written > of5m + of1h) notes.push("ttl_split_incomplete:rest_5m");
  if (split && written < of5m + of1h) {
    reader.fail(`${path}.cache_creation_input_tokens`, `must not be less than its split: ${written} < ${of5m + of1h}`);
  }
  return {
    tokens: {
      input: reader.requiredCount(usage, "input_tokens", path),
      cacheCreate5m: Math.max(written - of1h, 0),
      cacheCreate1h: of1h,
      cacheRead: reader.count(usage, "cache_read_input_tokens", path),
      output: reader.requiredCount(usage, "output_tokens", path),
    },
    written,
    notes,
  };
}

function promptOf(tokens: TokenCounts): number {
  return tokens.input + tokens.cacheCreate5m + tokens.cacheCreate1h + tokens.cacheRead;
}

/** Samplings of one request by one model are one part, since their sum is its prompt; all else stands alone. */
function readIterations(
  reader: UsageReader,
  iterations: readonly JsonObject[],
  top: SplitTokens,
  model: string,
): UsagePart[] {
  const read = iterations.map((iteration, index) => {
    const path = `usage.iterations[${index}]`;
    const type = reader.text(iteration, "type", path);
    return {
      isAnswer: type === null || type === "message" || type === "fallback_message",
      isFallback: type === "fallback_message",
      model: reader.text(iteration, "model", path, 200) ?? model,
      ...readTokens(reader, iteration, path),
    };
  });
  const hasFallback = read.some((iteration) => iteration.isFallback);
  const last = read.findLastIndex((iteration) => iteration.isAnswer);
  const answers = new Map<string, UsagePart & { written: number }>();
  const others: UsagePart[] = [];
  for (const [index, { isAnswer, model, tokens, written, notes }] of read.entries()) {
    const isDeclined = hasFallback && isAnswer && index !== last && tokens.output === 0;
    if (!isAnswer || isDeclined) {
      others.push({ model, tokens, billable: !isDeclined, notes });
      continue;
    }
    const sum = answers.get(model);
    answers.set(model, {
      model,
      billable: true,
      tokens: sum ? addTokens(sum.tokens, tokens) : tokens,
      largestPromptTokens: Math.max(sum?.largestPromptTokens ?? 0, promptOf(tokens)),
      written: (sum?.written ?? 0) + written,
      notes: [...new Set([...(sum?.notes ?? []), ...notes])],
    });
  }
  const answer = answers.get(read[last]?.model ?? "");
  // Only a compaction or an advisor ran: what the top level says is the answer, which may be nothing.
  if (!answer) return [{ model, billable: true, tokens: top.tokens, notes: top.notes }, ...others];
  answers.delete(answer.model);
  return [withSplitOf(top, answer), ...[...answers.values()].map(({ written: _, ...part }) => part), ...others];
}

/** Iterations without a split take that of the top level, when both speak of the same writes. */
function withSplitOf(top: SplitTokens, { written, ...answer }: UsagePart & { written: number }): UsagePart {
  const isSame = written > 0 && written === top.written && !top.notes.includes(NO_SPLIT);
  if (!isSame || !answer.notes?.includes(NO_SPLIT)) return answer;
  const { cacheCreate5m, cacheCreate1h } = top.tokens;
  return { ...answer, tokens: { ...answer.tokens, cacheCreate5m, cacheCreate1h }, notes: top.notes };
}
