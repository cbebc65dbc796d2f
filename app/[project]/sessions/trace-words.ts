import type { TokenStack } from "@/components/charts/token-stack";
import { formatDateTime, formatDay, formatPercent, formatTime } from "@/lib/format";
import type { Trace, TracedCall } from "@/lib/sessions/read-trace";

/** "1 call", "2,041 calls". */
export const counted = (count: number | bigint, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${Number(count) === 1 ? one : many}`;

/** A part of a whole as percent; "none" of nothing. */
export const shareOf = (part: bigint | number, whole: bigint | number): string =>
  Number(whole) === 0 ? "none" : formatPercent(Number(part) / Number(whole));

/** "×16.2": the last against the first; null where either is not known. */
export function growthText(first: bigint | null, last: bigint | null): string | null {
  if (first === null || last === null || first === 0n) return null;
  const times = Number(last) / Number(first);
  return `×${times >= 10 ? Math.round(times).toLocaleString("en") : times.toFixed(1)}`;
}

/** "21 Nov 2026, 12:00:01.250 UTC – 12:14:09", the second day named where it is another. */
export function spanText({ firstAt, endAt }: Pick<Trace, "firstAt" | "endAt">): string {
  const isSameDay = firstAt.toJSON().slice(0, 10) === endAt.toJSON().slice(0, 10);
  return `${formatDateTime(firstAt).replace(/\.\d+ UTC$/, "")} – ${isSameDay ? "" : `${formatDay(endAt)} `}${formatTime(endAt)} UTC`;
}

/** The tokens of a call as the charts take them. */
export function toStack(call: TracedCall): TokenStack {
  return {
    fresh: call.inputTokens,
    cache_write_5m: call.cacheCreate5mTokens,
    cache_write_1h: call.cacheCreate1hTokens,
    cache_read: call.cacheReadTokens,
    output: call.outputTokens,
    input: call.inputTokens + call.cacheCreate5mTokens + call.cacheCreate1hTokens + call.cacheReadTokens,
    resent: call.resentTokens,
  };
}
