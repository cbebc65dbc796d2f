import { type HeatCell, HeatKey, HeatStrip } from "@/components/charts/heat-strip";
import { Panel, PanelBody } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatPeriod, listBuckets, type Period, startOfBucket } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { ReportResult } from "@/lib/reports/schema";
import { exportMenu, type View } from "../view";
import { NoCalls } from "./no-calls";
import { largestOf, sumOf } from "./stack";

const DAY = 86_400_000;
const DAYS = 14;
const EVERY_HOUR = 10_000;

/** The last 14 days of the page's period, or all of it when it is shorter; whole days. */
function shownDays({ query, now }: View): Period {
  const end = startOfBucket(new Date(Math.min(query.period.to.getTime() - 1, now.getTime())), "day").getTime() + DAY;
  const from = Math.max(startOfBucket(query.period.from, "day").getTime(), end - DAYS * DAY);
  return { from: new Date(Math.min(from, end - DAY)), to: new Date(end) };
}

/** When the money is spent: days × hours, UTC, the newest day last. `who` is named in the question. */
export function SpendPerHour({
  scope,
  view,
  who,
  span = 7,
}: {
  scope: Scope;
  view: View;
  who?: string;
  span?: 12 | 7 | 6;
}) {
  const period = shownDays(view);
  const read = runReport(scope, "cost-per-hour", {
    ...view.query,
    period,
    compare: null,
    bucket: "hour",
    sort: null,
    limit: EVERY_HOUR,
  });
  const csv = {
    period: null,
    from: period.from.toJSON().slice(0, 10),
    to: period.to.toJSON().slice(0, 10),
    compare: "none",
  };
  return (
    <Panel
      title="Spend per hour"
      question={`When does ${who ?? "the money go"}${who ? " spend" : ""}? UTC, ${formatPeriod(period, view.now)}`}
      span={span}
      height={290}
      menu={exportMenu(view, "cost-per-hour", csv)}
      right={<Most read={read} />}
    >
      <Heat read={read} view={view} period={period} />
    </Panel>
  );
}

const mostOf = ({ rows }: ReportResult) => largestOf(rows.map((row) => sumOf(row, "cost")));

/** The key needs the dearest hour. Says nothing when it cannot be read: the panel itself does. */
async function Most({ read }: { read: Promise<ReportResult> }) {
  const result = await read.catch(() => null);
  return result && result.rows.length > 0 ? <HeatKey max={mostOf(result)} /> : null;
}

async function Heat({ read, view, period }: { read: Promise<ReportResult>; view: View; period: Period }) {
  const result = await read;
  if (result.rows.length === 0) return <NoCalls view={view} />;
  const spent = new Map(
    result.rows.map((row) => [row.bucket instanceof Date ? row.bucket.getTime() : 0, sumOf(row, "cost")]),
  );
  const hours = listBuckets(period, "hour").filter((at) => at <= view.now);
  const cells = hours.map((at): HeatCell => ({ at, value: spent.get(at.getTime()) ?? 0n }));
  return (
    <PanelBody>
      <HeatStrip cells={cells} label={`Spend per hour, ${formatPeriod(period, view.now)}`} runningAt={view.now} />
    </PanelBody>
  );
}
