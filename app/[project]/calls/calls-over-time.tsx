import Link from "next/link";
import { Suspense } from "react";
import { prepareSeries } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import { WhenWide } from "@/components/charts/when-wide";
import { PanelFrame } from "@/components/shell/panel";
import { PanelError } from "@/components/shell/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatUsdParts } from "@/lib/format";
import { listBuckets } from "@/lib/period";
import { Scanned } from "../panels/scanned";
import { duringEach, here } from "../view";
import type { CallView } from "./call-view";
import { readCallSums } from "./read-call-sums";

const STATUS = [
  { key: "succeeded", label: "succeeded", color: "var(--chart-1)" },
  { key: "rate_limited", label: "429", color: "var(--warn-fill)" },
  { key: "error", label: "error", color: "var(--firing)" },
] as const;

type Props = { scope: Scope; page: CallView };

/** How many calls, what they cost, and when they came: succeeded, refused by rate limit, failed. */
export function CallsOverTime(props: Props) {
  return (
    <PanelFrame label="Calls over time" className="min-h-[136px] max-phone:min-h-[76px]">
      <PanelError>
        <Suspense fallback={<Waiting isScan={props.page.isOwn} />}>
          <Scanned view={props.page.view}>{() => readFigures(props)}</Scanned>
        </Suspense>
      </PanelError>
    </PanelFrame>
  );
}

function Waiting({ isScan }: { isScan: boolean }) {
  return (
    <div className="m-4">
      <p className={isScan ? "mb-2 text-muted-foreground text-note" : "sr-only"} role="status">
        {isScan ? "Adding up the calls one by one: no sums are kept for these filters" : "Loading"}
      </p>
      <Skeleton className={isScan ? "h-[72px] max-phone:h-5" : "h-24 max-phone:h-11"} />
    </div>
  );
}

async function readFigures({ scope, page }: Props) {
  const { view, query } = page;
  const { buckets, bucket, totals } = await readCallSums(scope, page);
  const isUnpriced = totals.cost === 0n && totals.unpriced_calls > 0n;
  const spend = isUnpriced ? { main: "unpriced", small: "" } : formatUsdParts(totals.cost);
  const starts = listBuckets(query.period, bucket);
  const rows = buckets.flatMap((one) => [
    { at: one.bucket, key: "succeeded", value: one.calls - one.errors - one.rate_limited },
    { at: one.bucket, key: "rate_limited", value: one.rate_limited },
    { at: one.bucket, key: "error", value: one.errors },
  ]);
  const counts = { succeeded: null, rate_limited: totals.rate_limited, error: totals.errors };
  return (
    <div className="flex items-stretch gap-5 max-phone:flex-col max-phone:gap-0">
      <dl className="w-[150px] shrink-0 border-border border-r px-4 py-3 max-phone:grid max-phone:w-full max-phone:grid-flow-col max-phone:grid-rows-2 max-phone:border-r-0">
        <dt className="text-note text-text-2">Calls</dt>
        <dd className="font-semibold text-kpi tracking-[-0.025em]">{formatCount(totals.calls)}</dd>
        <dt className="mt-2 text-note text-text-2 max-phone:mt-0">Spend</dt>
        <dd className="font-semibold text-kpi tracking-[-0.025em]">
          {spend.main}
          <span className="text-[.68em] text-muted-foreground">{spend.small}</span>
        </dd>
      </dl>
      <div className="min-w-0 flex-1 py-2.5 pr-4 max-phone:hidden">
        <ul className="flex flex-wrap gap-3.5 pb-1 pl-10 text-muted-foreground text-note">
          <li className="mr-auto text-text-2">Calls per {bucket}</li>
          {STATUS.map(({ key, label, color }) => (
            <li key={key}>
              <Link
                href={here(view, { "filter.status": key })}
                className="inline-flex items-center gap-1.5 hover:text-foreground"
              >
                <span aria-hidden className="size-2 rounded-[2px]" style={{ background: color }} />
                {label}
                {counts[key] !== null && `, ${formatCount(counts[key])}`}
              </Link>
            </li>
          ))}
        </ul>
        <WhenWide>
          <TimeSeries
            series={prepareSeries({ rows, buckets: starts, bucket, now: view.now, keys: STATUS.map(({ key }) => key) })}
            unit="count"
            colors={Object.fromEntries(STATUS.map(({ key, color }) => [key, color]))}
            labels={Object.fromEntries(STATUS.map(({ key, label }) => [key, label]))}
            label={`Calls per ${bucket} by status`}
            height={104}
            hrefs={duringEach(view, starts, bucket)}
          />
        </WhenWide>
      </div>
    </div>
  );
}
