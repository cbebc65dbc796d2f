import Link from "next/link";
import { Change } from "@/components/shell/change";
import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import type { Scope } from "@/lib/auth/scope";
import {
  formatChange,
  formatChangePoints,
  formatCount,
  formatHour,
  formatPercent,
  formatUsd,
  formatUsdParts,
} from "@/lib/format";
import { formatPeriod } from "@/lib/period";
import type { Row } from "@/lib/reports/schema";
import { compareName, there, type View } from "../view";
import { LIST_MEASURES, mayDifferFromList } from "./against-list";
import { FiguresFrame } from "./figures-frame";
import { ListNote } from "./list-note";
import { sumOf } from "./stack";
import { exactOf, isUnpriced, lastWeek, ratioOf, summarize } from "./summarize";

/** The key figures of one tenant, feature or model (whatever the page is about): spend, week over week, calls, cost per call, cache, failures. */
export function EntityFigures({ scope, view }: { scope: Scope; view: View }) {
  return (
    <FiguresFrame cells={6}>
      <Figures scope={scope} view={view} />
    </FiguresFrame>
  );
}

async function Figures({ scope, view }: { scope: Scope; view: View }) {
  const { period } = view.query;
  const week = lastWeek(view);
  const list = (await mayDifferFromList(scope, period)) ? LIST_MEASURES : [];
  const [totals, recent] = await Promise.all([
    summarize(scope, view, period, view.query.compare, [
      "cost",
      ...list,
      "calls",
      "unpriced_calls",
      "cost_per_call",
      "cache_hit",
      "failed_rate",
      "rate_limited_rate",
      "retry_share",
    ]),
    summarize(scope, view, week.period, week.compare, ["cost", "unpriced_calls"]),
  ]);
  const before = exactOf(totals, "compare_cost");
  const name = compareName(view);
  return (
    <KpiStrip hero={1.5}>
      <Kpi
        isHero
        label={`Spend, ${formatPeriod(period, view.now)}`}
        figure={spendOf(totals)}
        change={
          name &&
          !isUnpriced(totals) && (
            <Change change={formatChange(sumOf(totals, "cost"), before)} word={moreThan(totals, before)} />
          )
        }
        context={name && !isUnpriced(totals) ? `against ${name}` : undefined}
      >
        <ListNote row={totals} />
      </Kpi>
      <Kpi
        label="Week over week"
        figure={spendOf(recent)}
        change={
          !isUnpriced(recent) && (
            <Change
              change={formatChange(sumOf(recent, "cost"), exactOf(recent, "compare_cost"))}
              word={sumOf(recent, "cost") < sumOf(recent, "compare_cost") ? "less" : "more"}
            />
          )
        }
        context={`7 days until ${formatHour(week.period.to)}`}
      />
      <Kpi
        label="Calls"
        aside={
          <Link className="link" href={there(view, "/calls")}>
            see the calls
          </Link>
        }
        figure={formatCount(sumOf(totals, "calls"))}
        change={
          name && (
            <Change
              meaning="volume"
              change={formatChange(sumOf(totals, "calls"), exactOf(totals, "compare_calls"))}
              word={sumOf(totals, "calls") < sumOf(totals, "compare_calls") ? "fewer" : "more"}
            />
          )
        }
        context={was(exactOf(totals, "compare_calls"), formatCount)}
      />
      <CostPerCall totals={totals} hasCompare={name !== null} />
      <CacheHit totals={totals} hasCompare={name !== null} />
      <Failed totals={totals} hasCompare={name !== null} />
    </KpiStrip>
  );
}

const spendOf = (row: Row) => (isUnpriced(row) ? "unpriced" : formatUsdParts(sumOf(row, "cost")));

function moreThan(totals: Row, before: bigint | null): string {
  if (before === null) return "";
  return `${sumOf(totals, "cost") < before ? "less" : "more"}, was ${formatUsd(before)}`;
}

function was<T>(before: T | null, format: (value: T) => string): string | undefined {
  return before === null ? undefined : `was ${format(before)}`;
}

type Side = { totals: Row; hasCompare: boolean };

function CostPerCall({ totals, hasCompare }: Side) {
  const cost = isUnpriced(totals) ? null : exactOf(totals, "cost_per_call");
  const before = exactOf(totals, "compare_cost_per_call");
  return (
    <Kpi
      label="Cost per call"
      figure={cost === null ? (isUnpriced(totals) ? "unpriced" : "none") : formatUsd(cost)}
      change={
        hasCompare &&
        cost !== null && (
          <Change change={formatChange(cost, before)} word={before !== null && cost < before ? "cheaper" : "dearer"} />
        )
      }
      context={was(before, formatUsd)}
    />
  );
}

function CacheHit({ totals, hasCompare }: Side) {
  const hit = ratioOf(totals, "cache_hit");
  const before = ratioOf(totals, "compare_cache_hit");
  return (
    <Kpi
      label="Cache hit"
      figure={hit === null ? "none" : formatPercent(hit)}
      change={
        hasCompare &&
        hit !== null && (
          <Change
            meaning="good"
            change={formatChangePoints(hit, before)}
            word={before !== null && hit < before ? "worse" : "better"}
          />
        )
      }
      context={was(before, formatPercent)}
    />
  );
}

function Failed({ totals, hasCompare }: Side) {
  const failed = ratioOf(totals, "failed_rate");
  const before = ratioOf(totals, "compare_failed_rate");
  const share = (key: string) => formatPercent(ratioOf(totals, key) ?? 0, 2);
  return (
    <Kpi
      label="Failed attempts"
      figure={failed === null ? "none" : formatPercent(failed, 2)}
      change={
        hasCompare &&
        failed !== null && (
          <Change
            change={formatChangePoints(failed, before)}
            word={before !== null && failed < before ? "better" : "worse"}
          />
        )
      }
      context={`429 ${share("rate_limited_rate")}, retries ${share("retry_share")}`}
    />
  );
}
