import Link from "next/link";
import { type ChartUnit, formatTick, niceTicks, toChart } from "@/components/charts/axis";
import { cn } from "@/components/ui/cn";
import { exactLevelOf, levelOf, type Segment, type StepMetric } from "@/lib/deploys/bisect";
import { formatCount, formatDay } from "@/lib/format";
import { type DeploySeries, STEP_METRIC_CATALOGUE } from "@/lib/reports/deploy-steps";
import { shortSha } from "../[sha]/read-deploy";
import { formatLevel, isWorse } from "./read-steps";

const HEIGHT = 210;
const LANE = 26;
/** How much of the width a name takes, on a phone too. */
const LABEL_GAP = 0.12;
const DATES = 6;

function unitOf(metric: StepMetric): ChartUnit {
  const { unit } = STEP_METRIC_CATALOGUE[metric];
  return unit === "usd_picos" ? "usd" : unit === "ratio" ? "ratio" : "count";
}

/** A dot a deploy, at even distances in order of first call; a line a level; a full vertical where it steps. */
export function StepPlot({
  series: { points, segments },
  metric,
  label,
  hrefs,
}: {
  series: DeploySeries;
  metric: StepMetric;
  label: string;
  /** Where each dot leads, in the order of the points. */
  hrefs: readonly string[];
}) {
  const unit = unitOf(metric);
  const heightOf = (level: Pick<Segment, "over" | "under">) =>
    toChart(unit === "usd" ? exactLevelOf(level) : levelOf(level), unit) ?? 0;
  const ticks = niceTicks(Math.max(...points.map(heightOf)));
  const top = ticks.at(-1) ?? 1;
  const left = (at: number) => `${((at + 0.5) / points.length) * 100}%`;
  const bottom = (value: number) => `${(value / top) * 100}%`;
  const most = Math.max(...points.map(({ calls }) => Number(calls)));
  const named = namesOf(segments, points.length);
  return (
    <figure aria-label={label} className="grid grid-cols-[48px_minmax(0,1fr)] text-axis">
      <div className="relative text-muted-foreground" style={{ height: HEIGHT, marginTop: LANE }} aria-hidden>
        {ticks.map((tick) => (
          <span key={tick} className="absolute right-2 translate-y-1/2 leading-none" style={{ bottom: bottom(tick) }}>
            {formatTick(tick, ticks[1] ?? 1, unit)}
          </span>
        ))}
      </div>
      <div className="relative" style={{ height: HEIGHT, marginTop: LANE }}>
        {ticks.map((tick) => (
          <span
            key={tick}
            aria-hidden
            className={cn("absolute inset-x-0 h-px", tick === 0 ? "bg-border-strong" : "bg-[var(--grid)]")}
            style={{ bottom: bottom(tick) }}
          />
        ))}
        {segments.map((segment, at) => (
          <Level
            key={segment.from}
            segment={segment}
            before={segments[at - 1]}
            metric={metric}
            count={points.length}
            bottom={bottom(heightOf(segment))}
            name={shortSha(points[segment.from]?.deploy ?? "")}
            side={named.get(segment.from)}
          />
        ))}
        {points.map((point, at) => {
          const size = 4 + 4 * Math.sqrt(Number(point.calls) / most);
          const title = `${shortSha(point.deploy)}, first call ${formatDay(point.at)}: ${formatLevel(point, metric)}, ${formatCount(point.calls)} calls`;
          return (
            <Link
              key={point.deploy}
              href={hrefs[at] ?? ""}
              title={title}
              aria-label={title}
              tabIndex={-1}
              className="-translate-x-1/2 absolute grid size-6 translate-y-1/2 place-items-center"
              style={{ left: left(at), bottom: bottom(heightOf(point)) }}
            >
              <span className="block rounded-full bg-[var(--chart-1)]" style={{ width: size, height: size }} />
            </Link>
          );
        })}
      </div>
      <span />
      <Dates points={points} left={left} />
    </figure>
  );
}

type Side = "left" | "right";

/** At which side of a step its name has room, if at any: up to the step after it, or back to the one before. */
function namesOf(segments: readonly Segment[], count: number): ReadonlyMap<number, Side> {
  const named = new Map<number, Side>();
  const starts = segments.map(({ from }) => from / count);
  for (const [at, { from }] of segments.entries()) {
    const [here = 0, before = 0, after = 1] = [starts[at], starts[at - 1], starts[at + 1]];
    const isTaken = named.get(segments[at - 1]?.from ?? -1) === "right";
    if (at === 0) continue;
    if (after - here >= LABEL_GAP) named.set(from, "right");
    else if (here - before >= LABEL_GAP * (isTaken ? 2 : 1)) named.set(from, "left");
  }
  return named;
}

/** The line of a level, and before it, where there is a level before, the step with the sha since which it is so. */
function Level({
  segment,
  before,
  metric,
  count,
  bottom,
  name,
  side,
}: {
  segment: Segment;
  before: Segment | undefined;
  metric: StepMetric;
  count: number;
  bottom: string;
  name: string;
  /** Where the name has room; absent for nowhere. */
  side: Side | undefined;
}) {
  const share = (at: number) => `${(at / count) * 100}%`;
  const tone = before && (isWorse(before, segment, metric) ? "worse" : "better");
  return (
    <>
      {before && (
        <span aria-hidden className="absolute bottom-0 w-0" style={{ left: share(segment.from), top: 2 - LANE }}>
          <span className={cn("absolute inset-y-0 w-px", tone === "worse" ? "bg-worse" : "bg-better")} />
          {side && (
            <span
              className={cn(
                "mono absolute top-0 bg-card px-1 text-[11px]!",
                tone === "worse" ? "text-worse" : "text-better",
                side === "left" ? "right-1" : "left-1",
              )}
            >
              {name}
            </span>
          )}
        </span>
      )}
      <span
        aria-hidden
        className="absolute h-[1.4px] bg-foreground/70"
        style={{ left: share(segment.from), width: share(segment.to - segment.from), bottom }}
      />
    </>
  );
}

function Dates({ points, left }: { points: DeploySeries["points"]; left: (at: number) => string }) {
  const step = Math.ceil(points.length / DATES);
  return (
    <div className="relative mt-1.5 h-4 text-muted-foreground" aria-hidden>
      {points.map((point, at) =>
        at % step === 0 ? (
          <span
            key={point.deploy}
            className={cn(
              "absolute whitespace-nowrap",
              at === 0 ? "left-0!" : "-translate-x-1/2",
              (at / step) % 2 === 1 && "max-phone:hidden",
            )}
            style={{ left: left(at) }}
          >
            {formatDay(point.at)}
          </span>
        ) : null,
      )}
    </div>
  );
}
