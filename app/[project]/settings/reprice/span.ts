import { formatDate } from "@/lib/format";

const DAY_MS = 86_400_000;

/** The days of a run in words; `to` is exclusive, the words name the last day. */
export function formatSpan({ from, to }: Readonly<{ from: string; to: string }>): string {
  const last = new Date(Date.parse(to) - DAY_MS);
  const first = new Date(from);
  return first.getTime() === last.getTime() ? formatDate(first) : `${formatDate(first)} – ${formatDate(last)}`;
}
