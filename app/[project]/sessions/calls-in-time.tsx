import Link from "next/link";
import { Waterfall, type WaterfallRow } from "@/components/charts/waterfall";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { Scope } from "@/lib/auth/scope";
import { encodeCallId } from "@/lib/calls/call-id";
import { formatCount, formatUsd } from "@/lib/format";
import { MOST_TRACED, type Trace, type TracedCall, type TraceId } from "@/lib/sessions/read-trace";
import { CallStatus } from "../calls/call-status";
import { here, type View } from "../view";
import { shownText } from "./input-by-turn";
import { CALLS_A_PAGE, pageOf, readCalls } from "./read-trace";
import { callsHref } from "./trace-links";
import { shareOf, toStack } from "./trace-words";

type Props = { scope: Scope; view: View; of: TraceId; trace: Trace };

/** The calls as a waterfall, a hundred a page. */
export function CallsInTime(props: Props) {
  const { view, of, trace } = props;
  const csvHref = callsHref(view, of, trace).replace("/calls?", "/export/calls?format=csv&");
  return (
    <Panel
      title="Calls in time"
      question="What happened when? Pale until the first token"
      height={320}
      skeleton={<PanelSkeleton rows={12} />}
      menu={{ csvHref }}
      right={<PanelCount>{shownText(view, trace)}</PanelCount>}
    >
      <Rows {...props} />
    </Panel>
  );
}

async function Rows({ scope, view, of, trace }: Props) {
  const calls = await readCalls(scope, view, of, trace);
  const { page, pages } = pageOf(view, trace);
  const offset = (page - 1) * CALLS_A_PAGE;
  const rows = calls.map((call, at) => toRow(call, offset + at + 1, view, of, trace));
  const from = pages === 1 ? 0 : Math.min(...rows.map(({ startMs }) => startMs));
  const to = Math.max(...rows.map(({ startMs, latencyMs }) => startMs + latencyMs));
  const largest = Math.max(1, ...rows.map(({ tokens }) => tokens.input + tokens.output));
  return (
    <>
      <Waterfall label="Calls in time" rows={rows} span={{ from, to }} largestInput={largest} />
      <PanelFoot link={pages > 1 && <Pager view={view} page={page} pages={pages} />}>
        A bar is as long as its call took.{" "}
        {pages > 1 && `Page ${page} of ${pages}; the figures above are of all calls.`}
        {trace.lines > MOST_TRACED && ` Shown are the first ${formatCount(MOST_TRACED)} calls; the list has all.`}
      </PanelFoot>
    </>
  );
}

function toRow(call: TracedCall, place: number, view: View, of: TraceId, trace: Trace): WaterfallRow {
  const id = encodeCallId({ ...call, line: 0 });
  const tokens = toStack(call);
  return {
    key: `${id} ${call.line}`,
    href: callsHref(view, of, trace).replace("/calls?", `/calls/${id}?`),
    place,
    name: call.feature,
    note: call.model,
    marks: <CallStatus call={call} />,
    startMs: call.occurredAt.getTime() - trace.firstAt.getTime(),
    latencyMs: call.latencyMs,
    firstTokenMs: call.ttftMs,
    tone: call.statusCode === 429 ? "limited" : call.statusCode >= 400 ? "failed" : "answered",
    tokens,
    resentShare: tokens.input === 0 ? "none" : shareOf(tokens.resent, tokens.input),
    cost: <Cost call={call} />,
  };
}

function Cost({ call }: { call: TracedCall }) {
  if (call.pricingStatus === "not_billable") return <Muted>not billed</Muted>;
  if (call.costUsdPicos === null) return <Muted>unpriced</Muted>;
  return formatUsd(call.costUsdPicos);
}

function Pager({ view, page, pages }: { view: View; page: number; pages: number }) {
  const step = (to: number, label: string, key: string, shortcut: string) =>
    to < 1 || to > pages ? (
      <Button size="small" disabled>
        {label}
      </Button>
    ) : (
      <Button asChild size="small" className="text-foreground no-underline!">
        <Link href={here(view, { page: to === 1 ? null : String(to) })} prefetch={false} data-shortcut={shortcut}>
          {label} <Kbd>{key}</Kbd>
        </Link>
      </Button>
    );
  return (
    <nav aria-label="Pages" className="flex gap-1.5 text-foreground">
      {step(page - 1, "Earlier", "[", "previous")}
      {step(page + 1, "Later", "]", "next")}
    </nav>
  );
}
