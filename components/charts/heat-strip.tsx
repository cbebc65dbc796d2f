import { maxOf } from "@/components/charts/ledger-scale";
import { formatMinute, formatUsd, formatWeekday } from "@/lib/format";

export type HeatCell = Readonly<{ at: Date; value: bigint | null }>;

/** Step 0…5 of a value: 0 is nothing, not little. */
export function heatStep(value: bigint, max: bigint): number {
  return value <= 0n || max <= 0n ? 0 : Math.min(5, 1 + Math.floor((Number(value) / Number(max)) * 5 - 1e-9));
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/**
 * Days × 24 hours UTC, the newest day last. `cells` holds one per hour, in picodollars; an hour that is absent (the
 * future, or before the first call) is not drawn. `label` says what is shown; `runningAt` is hatched.
 */
export function HeatStrip({
  cells,
  label,
  runningAt,
}: {
  cells: readonly HeatCell[];
  label: string;
  runningAt?: Date;
}) {
  const max = maxOf(cells.map(({ value }) => value ?? 0n));
  const days = new Map<string, Map<number, HeatCell>>();
  for (const cell of cells) {
    const day = cell.at.toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? new Map()).set(cell.at.getUTCHours(), cell));
  }
  return (
    <div
      role="img"
      aria-label={`${label}. Most in one hour: ${formatUsd(max)}.`}
      className="text-axis text-muted-foreground"
    >
      {[...days].map(([day, hours]) => (
        <div
          key={day}
          className="mb-[1.5px] grid h-[15.5px] grid-cols-[46px_repeat(24,minmax(0,1fr))] gap-[1.5px] leading-4"
        >
          <span className="whitespace-nowrap">{formatWeekday(new Date(day)).replace(/ \w+$/, "")}</span>
          {HOURS.map((hour) => {
            const cell = hours.get(hour);
            if (!cell || cell.value === null) return <span key={hour} />;
            const isRunning = runningAt && cell.at <= runningAt && runningAt.getTime() < cell.at.getTime() + 3_600_000;
            return (
              <span
                key={hour}
                title={`${formatMinute(cell.at)} UTC: ${formatUsd(cell.value)}`}
                className="rounded-[1.5px]"
                style={{ background: isRunning ? RUNNING : `var(--heat-${heatStep(cell.value, max)})` }}
              />
            );
          })}
        </div>
      ))}
      <div className="grid grid-cols-[46px_repeat(8,minmax(0,1fr))] gap-[1.5px] pt-0.5">
        <span />
        {HOURS.filter((hour) => hour % 3 === 0).map((hour) => (
          <span key={hour} className={hour % 6 === 0 ? "" : "max-phone:invisible"}>
            {String(hour).padStart(2, "0")}:00
          </span>
        ))}
      </div>
    </div>
  );
}

const RUNNING = "repeating-linear-gradient(-45deg, var(--heat-3) 0 2px, var(--heat-1) 2px 5px)";

/** The key of a heat strip: both ends in words. For the right side of the panel header. */
export function HeatKey({ max }: { max: bigint }) {
  return (
    <span className="flex items-center gap-[3px] text-muted-foreground text-note">
      $0
      {[1, 2, 3, 4, 5].map((step) => (
        <span
          key={step}
          aria-hidden
          className="h-2.5 w-3 rounded-[1.5px]"
          style={{ background: `var(--heat-${step})` }}
        />
      ))}
      {formatUsd(max)}
    </span>
  );
}
