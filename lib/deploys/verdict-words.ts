import { formatCount, formatPercent } from "@/lib/format";
import { MIN_CALLS, type NotEnough, type Verdict, type VerdictWord } from "./verdict";

export const VERDICT_LABELS: Readonly<Record<VerdictWord, string>> = {
  dearer: "Dearer",
  cheaper: "Cheaper",
  as_before: "As before",
  not_enough_calls: "Not enough calls",
};

/** `+35.7%`, `−2.0%`; what rounds to nothing has no direction. */
export function formatShare(share: number): string {
  const size = formatPercent(Math.abs(share));
  return `${share < 0 && size !== "0.0%" ? "−" : "+"}${size}`;
}

const REASONS: Readonly<Record<Exclude<NotEnough, "few_calls" | "wide_interval">, string>> = {
  no_calls: "No call of it is in the window.",
  nothing_before: "There are no calls in as long before it to compare with.",
  unpriced: "On one of the sides no call has a price, so there is nothing to compare.",
  nothing_in_common: "No feature was called on both sides, so there is nothing to compare.",
};

/** What the verdict rests on, in a sentence or two: more failures, the interval and the calls, or why nothing can be said. */
export function explainVerdict(verdict: Verdict): string {
  const { isMuchMore, feature, before, after } = verdict.failures;
  if (!isMuchMore) return explainCost(verdict);
  const share = (value: number | null) => formatPercent(value ?? 0);
  const of = feature === null ? "" : ` of ${feature}`;
  return `${share(after)} of the first tries${of} get no answer, ${share(before)} before. ${explainCost(verdict)}`;
}

function explainCost({ word, reason, estimate, before, after, features }: Verdict): string {
  if (reason && reason !== "few_calls" && reason !== "wide_interval") return REASONS[reason];
  const total = (side: "before" | "after") => features.reduce((sum, one) => sum + one[side], 0n);
  if (reason === "few_calls" || !estimate) {
    return `${formatCount(total("before"))} answered first tries with a price before and ${formatCount(total("after"))} after; it takes ${MIN_CALLS} on each side, of features with 10 or more on both.`;
  }
  const calls = `${formatCount(before)} answered first tries before and ${formatCount(after)} after`;
  const interval = `between ${formatShare(estimate.low)} and ${formatShare(estimate.high)}`;
  if (word === "not_enough_calls")
    return `From ${calls} the change lies ${interval}: too wide to say. More calls narrow it.`;
  return `With 95% confidence ${interval}, from ${calls}.`;
}
