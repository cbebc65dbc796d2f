import { Sparkline } from "@/components/charts/sparkline";
import type { DataColumn, DataRow } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Badge } from "@/components/ui/badge";
import { formatCount, formatDateTime, formatMinute, formatMs, formatTime, formatUsd } from "@/lib/format";
import type { PromptBars } from "@/lib/reports/prompt-bars";
import type { PromptDetails } from "@/lib/reports/prompt-details";
import { promptHref } from "../panels/storm-words";
import type { View } from "../view";

/** @param span what the bars are drawn over: "28 days". */
export function promptColumns(span: string): readonly DataColumn[] {
  return [
    { key: "prompt", label: "Prompt hash", align: "left" },
    { key: "tenant", label: "Tenant", align: "left", onPhone: false },
    { key: "calls", label: "Calls", sortKey: "calls" },
    { key: "cost", label: "Spend", sortKey: "cost", width: 110 },
    { key: "bars", label: span, align: "left", width: 140, onPhone: false },
    { key: "latency", label: "Latency", sortKey: "latency", isMuted: true, onPhone: false },
    { key: "first", label: "First seen", sortKey: "first_seen", isMuted: true, onPhone: false },
    { key: "last", label: "Last seen", sortKey: "last_seen", isMuted: true, onPhone: false },
    { key: "repeats", label: "Repeats", sortKey: "repeats", onPhone: false },
    { key: "wasted", label: "Wasted", sortKey: "wasted" },
    { key: "flag", label: "Flag", align: "left" },
  ];
}

/** One prompt of the table; leads to its page. */
export function toPromptRow(
  one: PromptDetails,
  view: View,
  bars: PromptBars | undefined,
  { largest, places }: Readonly<{ largest: bigint; places: number }>,
): DataRow {
  const isStorm = one.storms > 0;
  return {
    key: one.prompt,
    href: promptHref(view, one.prompt),
    cells: {
      prompt: (
        <>
          <span className="mono block max-w-[150px] truncate" title={one.prompt}>
            <span className="max-phone:hidden">{one.prompt}</span>
            <span className="phone:hidden">{one.prompt.slice(0, 8)}</span>
          </span>
          <Name text={one.feature ?? `${formatCount(one.features)} features`} isNote />
        </>
      ),
      tenant: <Name text={one.tenant ?? `${formatCount(one.tenants)} tenants`} />,
      calls: formatCount(one.calls),
      cost: <Spend one={one} places={places} share={largest > 0n ? Number(one.cost) / Number(largest) : 0} />,
      bars: (
        <Sparkline kind="bars" values={bars?.calls ?? []} color={isStorm ? "var(--worse-fill)" : "var(--chart-1)"} />
      ),
      latency: one.latency === null ? <Muted>none</Muted> : formatMs(one.latency),
      first: <Moment at={one.firstSeenAt} now={view.now} />,
      last: <Moment at={one.lastSeenAt} now={view.now} />,
      repeats: one.repeats === 0n ? <Muted>none</Muted> : formatCount(one.repeats),
      wasted: <Wasted one={one} places={places} />,
      flag: isStorm && (
        <Badge
          variant="firing-soft"
          title={`${formatCount(one.stormCalls)} calls in ${one.storms === 1 ? "a storm" : `${formatCount(one.storms)} storms`}`}
        >
          {one.storms === 1 ? "Storm" : `${formatCount(one.storms)} storms`}
        </Badge>
      ),
    },
  };
}

function Name({ text, isNote = false }: { text: string; isNote?: boolean }) {
  const look = isNote ? "font-normal text-muted-foreground text-note max-phone:max-w-[92px]" : "";
  return (
    <span title={text} className={`block max-w-[150px] truncate ${look}`}>
      {text}
    </span>
  );
}

/** Today's moments by the second, earlier ones by day and minute. */
function Moment({ at, now }: { at: Date; now: Date }) {
  const isToday = at.toJSON().slice(0, 10) === now.toJSON().slice(0, 10);
  return <span title={formatDateTime(at)}>{isToday ? formatTime(at) : formatMinute(at)}</span>;
}

function Spend({ one, places, share }: { one: PromptDetails; places: number; share: number }) {
  if (one.cost === 0n && one.unpricedCalls > 0n) return <Muted>unpriced</Muted>;
  const note =
    one.unpricedCalls > 0n ? `${formatCount(one.unpricedCalls)} calls without a price are not in it` : undefined;
  return (
    <span title={note}>
      <MoneyCell picos={one.cost} places={places} share={share} />
    </span>
  );
}

function Wasted({ one, places }: { one: PromptDetails; places: number }) {
  if (one.repeats === 0n) return <Muted>none</Muted>;
  if (one.wasted === 0n && one.unpricedRepeats > 0n) return <Muted>unpriced</Muted>;
  const note =
    one.unpricedRepeats > 0n ? `${formatCount(one.unpricedRepeats)} repeats without a price are not in it` : undefined;
  const isLoud = one.wasted > 0n && one.wasted * 2n >= one.cost;
  return (
    <span title={note} className={isLoud ? "font-medium text-worse" : "font-medium"}>
      {formatUsd(one.wasted, { places })}
    </span>
  );
}
