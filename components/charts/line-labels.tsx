import { spreadLabels } from "@/components/charts/spread-labels";
import { cn } from "@/components/ui/cn";

/** A line of a chart: where it ends, 0…1 of the axis, or null where it has no point. */
export type LineEnd = Readonly<{ key: string; name: string; share: number | null; isStrong: boolean }>;

const GAP = 13;

/**
 * The names of lines at their ends, moved apart where they would overlap.
 * @param top px above the plot. @param height px of plot and what is above it.
 */
export function LineLabels({ lines, top, height }: { lines: readonly LineEnd[]; top: number; height: number }) {
  const ends = lines.flatMap(({ share, ...line }) => (share === null ? [] : [{ ...line, share }]));
  const places = spreadLabels(
    ends.map(({ share }) => top + (1 - share) * (height - top)),
    GAP,
    height,
  );
  return ends.map(({ key, name, isStrong }, i) => (
    <span
      key={key}
      aria-hidden
      title={name}
      className={cn(
        "-translate-y-1/2 absolute left-full max-w-[98px] truncate pl-2 text-[11px] leading-[13px]",
        isStrong ? "font-medium text-foreground" : "text-muted-foreground",
      )}
      style={{ top: places[i] }}
    >
      {name}
    </span>
  ));
}
