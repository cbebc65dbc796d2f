import { formatDate } from "@/lib/format";
import { dayBefore } from "@/lib/period";

/** The days of a run in words; `to` is exclusive, the words name the last day. */
export function formatSpan({ from, to }: Readonly<{ from: string; to: string }>): string {
  const last = new Date(dayBefore(to));
  const first = new Date(from);
  return first.getTime() === last.getTime() ? formatDate(first) : `${formatDate(first)} – ${formatDate(last)}`;
}
