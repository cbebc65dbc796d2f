import Link from "next/link";
import type { SeriesPoint } from "@/components/charts/prepare-series";
import { cn } from "@/components/ui/cn";
import { formatMinute, formatSha } from "@/lib/format";
import { type FineBucket, nextBucket } from "@/lib/period";

/** A deploy at its first call. `isCostChange`: it changed the cost, and is drawn through the plot with its name. */
export type Deploy = Readonly<{ sha: string; at: Date; isCostChange: boolean; href?: string }>;

/** Where a moment lies on the axis, 0…1; null outside. */
function place(at: Date, points: readonly SeriesPoint[], bucket: FineBucket): number | null {
  const index = points.findLastIndex((point) => point.at <= at);
  const start = points[index]?.at;
  if (!start) return null;
  const share = (at.getTime() - start.getTime()) / (nextBucket(start, bucket).getTime() - start.getTime());
  return share < 1 ? (index + share) / points.length : null;
}

/** How much of the width a name takes: two that are closer would overlap, and the older one gives way. */
const LABEL_GAP = 0.1;
const LABEL_GAP_PHONE = 0.25;

/** The lane above the plot: a hollow dot a deploy; a full vertical, filled dot and sha for one that changed the cost. */
export function DeployLane({
  deploys,
  points,
  bucket,
}: {
  deploys: readonly Deploy[];
  points: readonly SeriesPoint[];
  bucket: FineBucket;
}) {
  const newestFirst = deploys.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  let labelled = Number.POSITIVE_INFINITY;
  return newestFirst.map((deploy) => {
    const left = place(deploy.at, points, bucket);
    if (left === null) return null;
    const gap = labelled - left;
    if (deploy.isCostChange && gap > LABEL_GAP) labelled = left;
    const sha = formatSha(deploy.sha);
    const title = `Deploy ${sha}, first call ${formatMinute(deploy.at)} UTC`;
    const dot = (
      <span
        className={cn(
          "block size-1.5 rounded-full",
          deploy.isCostChange ? "bg-worse" : "border-[1.2px] border-muted-foreground bg-card",
        )}
      />
    );
    return (
      <span
        key={deploy.sha}
        className={cn("absolute inset-y-0 w-0", !deploy.isCostChange && "max-phone:hidden")}
        style={{ left: `${left * 100}%` }}
      >
        {deploy.isCostChange && (
          <span aria-hidden className="-translate-x-1/2 absolute top-2.5 bottom-0 w-px bg-worse" />
        )}
        {deploy.isCostChange && gap > LABEL_GAP && (
          <span
            aria-hidden
            className={cn(
              gap < LABEL_GAP_PHONE && "max-phone:hidden",
              "mono absolute top-0.5 z-[1] bg-card px-0.5 text-[11px]! text-worse",
              left > 0.12 ? "right-2" : "left-2",
            )}
          >
            {sha}
          </span>
        )}
        {deploy.href ? (
          <Link
            href={deploy.href}
            title={title}
            aria-label={title}
            tabIndex={-1}
            className="-translate-x-1/2 pointer-events-auto absolute top-0 grid size-6 place-items-center pb-1"
          >
            {dot}
          </Link>
        ) : (
          <span className="-translate-x-1/2 absolute top-2" title={title}>
            {dot}
          </span>
        )}
      </span>
    );
  });
}
