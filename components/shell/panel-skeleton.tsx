import { PanelBody } from "@/components/shell/panel";
import { Skeleton } from "@/components/ui/skeleton";

const HEIGHTS = [
  36, 53, 64, 57, 67, 48, 35, 88, 39, 55, 34, 52, 51, 56, 68, 78, 75, 48, 58, 80, 60, 38, 33, 54, 81, 48,
];

/**
 * What a panel shows while it waits: still blocks in the final size, as a chart (`bars`) or as rows.
 * @param note what takes its time, where that may be seconds.
 */
export function PanelSkeleton({
  kind = "rows",
  rows = 6,
  note,
}: {
  kind?: "bars" | "rows";
  rows?: number;
  note?: string;
}) {
  return (
    <PanelBody>
      <p className={note ? "text-muted-foreground text-note" : "sr-only"} role="status">
        {note ?? "Loading"}
      </p>
      {kind === "bars" ? (
        <div className="flex h-[210px] items-end gap-1">
          {HEIGHTS.map((height, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list that never changes
            <Skeleton key={index} className="flex-1" style={{ height: height * 2 }} />
          ))}
        </div>
      ) : (
        Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list that never changes
          <div key={index} className="flex h-[34px] items-center justify-between gap-8">
            <Skeleton className="h-3" style={{ width: `${30 - (index % 3) * 6}%` }} />
            <Skeleton className="h-3 w-16" />
          </div>
        ))
      )}
    </PanelBody>
  );
}
