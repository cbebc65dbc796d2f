import { type ChartUnit, formatBucket, formatValue, toChart } from "@/components/charts/axis";
import type { SeriesPoint } from "@/components/charts/prepare-series";
import { Change } from "@/components/shell/change";
import { formatChange } from "@/lib/format";
import type { FineBucket } from "@/lib/period";

/** 238 px beside the pointed bucket: total, series by size, then the comparison. The same text is a live region. */
export function ChartTooltip({
  point,
  keys,
  colorOf,
  nameOf,
  unit,
  bucket,
  hasTotal,
  at,
}: {
  point: SeriesPoint;
  keys: readonly string[];
  colorOf: (key: string) => string;
  nameOf: (key: string) => string;
  unit: ChartUnit;
  bucket: FineBucket;
  hasTotal: boolean;
  /** Middle of the bucket on the axis, 0…1: past the middle the tooltip stands left of it. */
  at: number;
}) {
  const sizeOf = (key: string) => toChart(point.values[key], unit) ?? 0;
  const listed = keys.filter((key) => point.values[key] !== undefined).sort((a, b) => sizeOf(b) - sizeOf(a));
  return (
    <div
      aria-live="polite"
      className="absolute top-2 z-20 w-[238px] rounded-control bg-popover px-[11px] py-[9px] text-[12px] leading-[18px] shadow-pop"
      style={at > 0.5 ? { right: `calc(${(1 - at) * 100}% + 18px)` } : { left: `calc(${at * 100}% + 18px)` }}
    >
      <p className="mb-1 flex justify-between font-medium">
        <span>
          {formatBucket(point.at, bucket)}
          {point.isPartial && <span className="font-normal text-muted-foreground">, still running</span>}
        </span>
        {hasTotal && <span>{point.total === null ? "no data" : formatValue(point.total, unit)}</span>}
      </p>
      <ul>
        {listed.map((key) => (
          <li key={key} className="flex items-center gap-[7px]">
            <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: colorOf(key) }} />
            <span className="truncate">{nameOf(key)}</span>
            <span className="ml-auto font-medium">{formatValue(point.values[key], unit)}</span>
          </li>
        ))}
      </ul>
      {point.compareAt && point.compare !== null && (
        <p className="mt-1.5 flex justify-between border-border border-t pt-1.5 text-muted-foreground">
          <span>
            {formatBucket(point.compareAt, bucket)} {formatValue(point.compare, unit)}
          </span>
          {point.total !== null && !point.isPartial && (
            <Change change={formatChange(point.total, point.compare)} meaning={unit === "usd" ? "cost" : "volume"} />
          )}
        </p>
      )}
    </div>
  );
}
