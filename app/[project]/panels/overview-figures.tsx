import { Change } from "@/components/shell/change";
import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import type { Scope } from "@/lib/auth/scope";
import {
  formatChange,
  formatChangePoints,
  formatCompact,
  formatCount,
  formatDay,
  formatHour,
  formatPercent,
  formatUsd,
  formatUsdParts,
} from "@/lib/format";
import { comparePeriod, formatPeriod, presetPeriod } from "@/lib/period";
import type { View } from "../view";
import { LIST_MEASURES, mayDifferFromList } from "./against-list";
import { FiguresFrame } from "./figures-frame";
import { ListNote } from "./list-note";
import { monthOf, projectMonthEnd } from "./projection";
import { sumOf } from "./stack";
import { exactOf, ratioOf, summarize, weekBefore } from "./summarize";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Month to date, its projected end, today, cache hit and failed attempts: whatever the period, but under the page's filters. */
export function OverviewFigures({ scope, view }: { scope: Scope; view: View }) {
  return (
    <FiguresFrame cells={5}>
      <Figures scope={scope} view={view} />
    </FiguresFrame>
  );
}

async function Figures({ scope, view }: { scope: Scope; view: View }) {
  const { now } = view;
  const month = presetPeriod("mtd", now);
  const monthBefore = comparePeriod(month, "previous", now);
  const today = presetPeriod("today", now);
  const lastDay = presetPeriod("24h", now);
  const list = (await mayDifferFromList(scope, month)) ? LIST_MEASURES : [];
  const [toDate, sinceMidnight, health] = await Promise.all([
    summarize(scope, view, month, monthBefore, ["cost", ...list]),
    summarize(scope, view, today, weekBefore(today, now), ["cost", "calls"]),
    summarize(scope, view, lastDay, weekBefore(lastDay, now), [
      "cache_hit",
      "cache_read_tokens",
      "prompt_tokens",
      "failed_rate",
      "error_rate",
      "rate_limited_rate",
      "retry_share",
    ]),
  ]);
  const spent = sumOf(toDate, "cost");
  const projected = projectMonthEnd(spent, now);
  const name = MONTHS[now.getUTCMonth()] ?? "";
  return (
    <KpiStrip hero={1.65}>
      <Kpi
        isHero
        label={`Month to date, ${now.getUTCDate() === 1 ? "" : "1 – "}${formatDay(now)}`}
        figure={formatUsdParts(spent)}
        change={
          <Change
            change={formatChange(spent, exactOf(toDate, "compare_cost"))}
            word={
              monthBefore
                ? `${moreOrLess(toDate)} than ${formatPeriod({ ...monthBefore, to: lastMoment(monthBefore.to) }, now)}`
                : ""
            }
          />
        }
        context={`both until ${formatHour(now)} UTC`}
      >
        <ListNote row={toDate} />
      </Kpi>
      <Kpi
        label={`Projected for ${name}`}
        figure={projected === null ? "too early" : formatUsd(projected, { places: projected < 10n ** 12n ? 2 : 0 })}
        change={<span className="text-muted-foreground">a projection, not a bill</span>}
        context={`by ${formatDay(new Date(monthOf(now).to.getTime() - 1))}, as the days so far`}
      />
      <Kpi
        label={`Today until ${formatHour(now)}`}
        figure={formatUsdParts(sumOf(sinceMidnight, "cost"))}
        change={
          <Change
            change={formatChange(sumOf(sinceMidnight, "cost"), exactOf(sinceMidnight, "compare_cost"))}
            word={`${moreOrLess(sinceMidnight)} than last ${WEEKDAYS[now.getUTCDay()]}`}
          />
        }
        context={calls(sumOf(sinceMidnight, "calls"))}
      />
      <CacheHit row={health} />
      <Failed row={health} />
    </KpiStrip>
  );
}

/** A month that ends in the middle of a day is named by that day: "1 – 21 Oct". */
function lastMoment(to: Date): Date {
  const day = 86_400_000;
  return new Date(Math.ceil(to.getTime() / day) * day);
}

function moreOrLess(row: Parameters<typeof sumOf>[0]): string {
  return sumOf(row, "cost") < sumOf(row, "compare_cost") ? "less" : "more";
}

function calls(count: bigint): string {
  return count === 1n ? "1 call" : `${formatCount(count)} calls`;
}

function CacheHit({ row }: { row: Parameters<typeof ratioOf>[0] }) {
  const hit = ratioOf(row, "cache_hit");
  return (
    <Kpi
      label="Cache hit, 24 h"
      figure={hit === null ? "none" : formatPercent(hit)}
      change={
        hit !== null && (
          <Change
            meaning="good"
            change={formatChangePoints(hit, ratioOf(row, "compare_cache_hit"))}
            word="on a week ago"
          />
        )
      }
      context={`${formatCompact(sumOf(row, "cache_read_tokens"))} of ${formatCompact(sumOf(row, "prompt_tokens"))} tokens`}
    />
  );
}

function Failed({ row }: { row: Parameters<typeof ratioOf>[0] }) {
  const failed = ratioOf(row, "failed_rate");
  const share = (key: string) => formatPercent(ratioOf(row, key) ?? 0, 2);
  return (
    <Kpi
      label="Failed attempts, 24 h"
      figure={failed === null ? "none" : formatPercent(failed, 2)}
      change={
        failed !== null && (
          <Change change={formatChangePoints(failed, ratioOf(row, "compare_failed_rate"))} word="on a week ago" />
        )
      }
      context={`429 ${share("rate_limited_rate")}, retries ${share("retry_share")}`}
    />
  );
}
