import type { FeatureChange, Part } from "@/lib/deploys/schema";
import { formatCount, formatPercent, formatUsd } from "@/lib/format";

/** What happened to a feature, by the part that weighs most: up and down. */
const HEADLINES: Readonly<Record<Part, readonly [up: string, down: string]>> = {
  volume: ["was called more", "was called less"],
  price: ["pays higher rates", "pays lower rates"],
  modelMix: ["moved to dearer models", "moved to cheaper models"],
  freshInput: ["sends more input with each call", "sends less input with each call"],
  cache: ["stopped reading its cache", "reads more from its cache"],
  output: ["writes more with each call", "writes less with each call"],
  retries: ["retries more", "retries less"],
};

/** "support-reply" did what: "stopped reading its cache" only when reads are all but gone. */
export function headlineOf(part: Part, amountUsdPicos: bigint, cacheHitAfter: number | null): string {
  const isUp = amountUsdPicos > 0n;
  if (part === "cache" && isUp && (cacheHitAfter ?? 0) > 0.2) return "reads less from its cache";
  return HEADLINES[part][isUp ? 0 : 1];
}

const CHECKS: Readonly<Record<Part, readonly string[]>> = {
  volume: [],
  price: [
    "Compare the rates of both windows on a call of each: a price changed, or the tier of prompt length, the speed or the place.",
  ],
  modelMix: [
    "Look at what chooses the model: a default, a flag, a fallback that now takes over.",
    "See on the model page whether the dearer model answers with fewer retries: it may be worth it.",
  ],
  freshInput: [
    "Look at what is put into the prompt: a tool result that is no longer cut, a longer history, more documents.",
    "Cut or summarise it before it is sent, or put what repeats behind a cache breakpoint.",
  ],
  cache: [
    "Look at the start of the system prompt or tool list for a value that differs per call: a time, an id, an unsorted map.",
    "Move it behind the last cache breakpoint. Reads come back with the first repeated prefix.",
  ],
  output: [
    "Look at the instruction about length and format, and at thinking: longer answers are the dearest tokens.",
    "Set max_tokens near to what the feature needs.",
  ],
  retries: [
    "Look at the client's retry policy and at what fails: each retry is billed again.",
    "Add a limit and a growing pause between attempts.",
  ],
};

/** What to look at, by the part that made calls dearer. */
export const checksFor = (part: Part): readonly string[] => CHECKS[part];

/** The one figure of a feature that shows its cause: name, before, after. */
export function evidenceOf(part: Part, { before, after }: FeatureChange): readonly [string, string, string] {
  const ratio = (value: number | null) => (value === null ? "none" : formatPercent(value));
  const mean = (tokens: bigint, calls: bigint) => (calls > 0n ? formatCount(Number(tokens) / Number(calls)) : "none");
  const usd = (picos: bigint | null) => (picos === null ? "none" : formatUsd(picos));
  switch (part) {
    case "cache":
      return ["Cache hit", ratio(before.cacheHit), ratio(after.cacheHit)];
    case "freshInput":
      return ["Fresh tokens a call", mean(before.tokens.input, before.calls), mean(after.tokens.input, after.calls)];
    case "output":
      return ["Output tokens a call", mean(before.tokens.output, before.calls), mean(after.tokens.output, after.calls)];
    case "retries":
      return ["Retries", formatCount(before.retries), formatCount(after.retries)];
    default:
      return ["Cost per call", usd(before.costPerCallUsdPicos), usd(after.costPerCallUsdPicos)];
  }
}
