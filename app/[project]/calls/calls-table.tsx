import Link from "next/link";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { Scope } from "@/lib/auth/scope";
import { encodeCallId } from "@/lib/calls/call-id";
import { type CallPage, listCalls, listNewerCalls } from "@/lib/calls/read";
import { formatCount, formatUsd } from "@/lib/format";
import { listNote } from "../panels/against-list";
import { NoCalls } from "../panels/no-calls";
import { here, there } from "../view";
import { toCallRow } from "./call-row";
import { type CallView, newerCursor } from "./call-view";
import { readCallSums } from "./read-call-sums";

type Props = { scope: Scope; page: CallView /** The call that is open beside the list. */; openId?: string };

const COLUMNS: readonly DataColumn[] = [
  { key: "time", label: "Time, UTC", align: "left" },
  { key: "tenant", label: "Tenant", align: "left" },
  { key: "feature", label: "Feature", align: "left", onPhone: false },
  { key: "model", label: "Model", align: "left", onPhone: false },
  { key: "status", label: "Status", align: "left", onPhone: false },
  { key: "fresh", label: "Fresh", onPhone: false },
  { key: "write", label: "Write", onPhone: false },
  { key: "read", label: "Read", onPhone: false },
  { key: "output", label: "Output", onPhone: false },
  { key: "latency", label: "Latency", isMuted: true, onPhone: false },
  { key: "cost", label: "Cost" },
];
const WIDE_ONLY = ["feature", "model"];

/** The calls themselves, newest first, a page at a time. A row opens its call beside the list. */
export function CallsTable(props: Props) {
  const { page, scope } = props;
  const csvHref = exportCallsHref(page);
  return (
    <Panel
      title="Calls"
      question="Newest first"
      height={460}
      skeleton={<PanelSkeleton rows={14} />}
      menu={{ csvHref }}
      right={<Count scope={scope} page={page} csvHref={csvHref} />}
    >
      <Rows {...props} />
    </Panel>
  );
}

/** Every call that the page's filters let through, as CSV. */
function exportCallsHref({ view }: CallView): string {
  return here({ ...view, path: `${view.base}/export/calls` }, { format: "csv", limit: null });
}

async function Count({ scope, page, csvHref }: Props & { csvHref: string }) {
  const figures = await readCallSums(scope, page).catch(() => null);
  if (!figures || figures.totals.calls === 0n) return null;
  const { calls } = figures.totals;
  return (
    <>
      <PanelCount>{formatCount(calls)} in all</PanelCount>
      <Button asChild variant="ghost" size="small">
        <a href={csvHref} download>
          CSV of {calls === 1n ? "1 call" : `${formatCount(calls)} calls`}
        </a>
      </Button>
    </>
  );
}

async function Rows({ scope, page, openId }: Props) {
  const { view } = page;
  const found = await readPage(scope, page);
  if (found.calls.length === 0) return <NoCalls view={view} />;
  return (
    <>
      <DataTable
        label="Calls"
        density="dense"
        columns={openId ? COLUMNS.filter(({ key }) => !WIDE_ONLY.includes(key)) : COLUMNS}
        rows={found.calls.map((call) => toCallRow(call, view, openId))}
        sort={null}
      />
      <PanelFoot link={<Pager page={page} found={found} />}>
        <Sum scope={scope} page={page} />
      </PanelFoot>
    </>
  );
}

type FoundPage = CallPage & { isFirst: boolean };

/** The asked page. Going back past the first call shows the newest page whole, not what happens to be left of it. */
async function readPage(scope: Scope, { query, isBackward }: CallView): Promise<FoundPage> {
  if (isBackward) {
    const newer = await listNewerCalls(scope, query);
    if (!newer.isFirst) return newer;
    return { ...(await listCalls(scope, { ...query, cursor: null })), isFirst: true };
  }
  return { ...(await listCalls(scope, query)), isFirst: query.cursor === null };
}

function Pager({ page: { view }, found: { calls, nextCursor, isFirst } }: { page: CallView; found: FoundPage }) {
  const [first] = calls;
  const to = (cursor: string) => here(view, { cursor });
  return (
    <nav aria-label="Pages" className="flex gap-1.5 text-foreground">
      {isFirst || !first ? (
        <Button size="small" disabled>
          Newer
        </Button>
      ) : (
        <Button asChild size="small" className="text-foreground no-underline!">
          <Link href={to(newerCursor(encodeCallId(first)))} prefetch={false} data-shortcut="previous">
            Newer <Kbd>[</Kbd>
          </Link>
        </Button>
      )}
      {nextCursor === null ? (
        <Button size="small" disabled>
          Older
        </Button>
      ) : (
        <Button asChild size="small" className="text-foreground no-underline!">
          <Link href={to(nextCursor)} prefetch={false} data-shortcut="next">
            Older <Kbd>]</Kbd>
          </Link>
        </Button>
      )}
    </nav>
  );
}

async function Sum({ scope, page }: { scope: Scope; page: CallView }) {
  const { totals } = await readCallSums(scope, page);
  const { calls, cost, unpriced_calls: unpriced } = totals;
  const { view } = page;
  const list = listNote(totals);
  return (
    <>
      Sum of all {formatCount(calls)}: <strong className="font-medium text-foreground">{formatUsd(cost)}</strong>,{" "}
      {unpriced === 0n ? (
        "all priced"
      ) : (
        <Link className="link" href={there(view, "/calls", { "filter.pricing": "unpriced" })}>
          {formatCount(unpriced)} unpriced, not in it
        </Link>
      )}
      {list && `. ${list}`}
    </>
  );
}
