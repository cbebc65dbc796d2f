import { niceTicks } from "@/components/charts/axis";
import { formatAxisCount, formatCount, formatDuration, formatHour, formatTime } from "@/lib/format";

const LABEL_STEPS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200];
const MOST_LABELS = 6;

/** Moments on whole steps of the clock, few enough to read. */
function labelsOf(from: number, to: number): readonly Date[] {
  const step = (LABEL_STEPS.find((seconds) => (to - from) / (seconds * 1000) <= MOST_LABELS) ?? 86_400) * 1000;
  const first = Math.ceil(from / step) * step;
  const count = Math.floor((to - first) / step) + 1;
  return Array.from({ length: count }, (_, at) => new Date(first + at * step));
}

/** Lines across: at most four, the last at or above the highest bar. */
function linesOf(most: number): readonly number[] {
  const ticks = niceTicks(most).filter(Number.isInteger);
  return ticks.length > 4 ? ticks.filter((_, at) => (ticks.length - 1 - at) % 2 === 0) : ticks;
}

/** Calls in short equal steps, with a bracket over the storm that says how long it was. Drawn for any width, without script. */
export function StormStrip({
  bars,
  from,
  stepMs,
  storm,
  label,
}: {
  /** Calls of each step, from `from` on. */
  bars: readonly number[];
  from: Date;
  stepMs: number;
  /** First and last call of the storm. */
  storm: Readonly<{ from: Date; to: Date }>;
  /** Says what is drawn: "Calls per 5 seconds". */
  label: string;
}) {
  const start = from.getTime();
  const end = start + bars.length * stepMs;
  const lines = linesOf(Math.max(1, ...bars));
  const top = lines.at(-1) ?? 1;
  const place = (at: Date) => `${((at.getTime() - start) / (end - start)) * 100}%`;
  const length = formatDuration(storm.to.getTime() - storm.from.getTime());
  const steps = bars.map((calls, index) => ({ at: start + index * stepMs, calls }));
  const most = formatCount(Math.max(0, ...bars));
  return (
    <div
      role="img"
      aria-label={`${label}: ${length} from ${formatTime(storm.from)} UTC, ${most} at most`}
      className="relative h-[150px] text-axis text-muted-foreground max-phone:h-[130px]"
    >
      <div className="absolute top-6 right-1 bottom-[18px] left-[30px]">
        {lines.map((line) => (
          <span
            key={line}
            className={`absolute inset-x-0 h-px ${line === 0 ? "bg-border-strong" : "bg-(--grid)"}`}
            style={{ bottom: `${(line / top) * 100}%` }}
          >
            <span className="-translate-x-full -translate-y-1/2 absolute top-0 left-[-7px]">
              {formatAxisCount(line)}
            </span>
          </span>
        ))}
        <div className="absolute inset-0 flex items-end gap-px">
          {steps.map(({ at, calls }) => (
            <span
              key={at}
              className="min-w-0 flex-1 bg-worse-fill"
              style={{ height: `${(calls / top) * 100}%`, minHeight: calls > 0 ? 1 : 0 }}
            />
          ))}
        </div>
        {labelsOf(start, end).map((at) => (
          <span
            key={at.getTime()}
            className="-translate-x-1/2 absolute top-full whitespace-nowrap pt-0.5"
            style={{ left: place(at) }}
          >
            {at.getTime() % 60_000 === 0 ? formatHour(at) : formatTime(at)}
          </span>
        ))}
        <span
          className="-top-[14px] absolute h-1.5 min-w-1 border-muted-foreground border-x border-t"
          style={{ left: place(storm.from), width: `calc(${place(storm.to)} - ${place(storm.from)})` }}
        >
          <span className="-translate-x-1/2 -translate-y-1/2 absolute top-0 left-1/2 whitespace-nowrap bg-card px-1.5 text-foreground">
            {length}
          </span>
        </span>
      </div>
    </div>
  );
}
