import { type Bucket, defaultBucket, type FineBucket, nextBucket, type Period, startOfBucket } from "@/lib/period";
import type { PromptDetails } from "@/lib/reports/prompt-details";

const HOUR = 3_600_000;
/** Prompts that lived no longer than this are drawn by the minute within their hours, or by the hour within their days. */
const SHORT = [
  { most: 2 * HOUR, edges: "hour", bucket: "minute" },
  { most: 48 * HOUR, edges: "day", bucket: "hour" },
] as const;

export type ChartSpan = Readonly<{ period: Period; bucket: FineBucket; isOwn: boolean }>;

/** What a prompt's calls are drawn over: the page's period, or its own span where one bar would hold all of it. */
export function chartSpan(
  period: Period,
  asked: Bucket | null,
  { firstSeenAt, lastSeenAt }: Pick<PromptDetails, "firstSeenAt" | "lastSeenAt">,
): ChartSpan {
  const plain = { period, bucket: asked ?? defaultBucket(period), isOwn: false };
  const life = lastSeenAt.getTime() - firstSeenAt.getTime();
  const short = SHORT.find(({ most }) => life <= most);
  if (asked || !short) return plain;
  const [from, to] = [
    startOfBucket(firstSeenAt, short.edges),
    nextBucket(startOfBucket(lastSeenAt, short.edges), short.edges),
  ];
  const isShorter = to.getTime() - from.getTime() < period.to.getTime() - period.from.getTime();
  return isShorter ? { period: { from, to }, bucket: short.bucket, isOwn: true } : plain;
}
