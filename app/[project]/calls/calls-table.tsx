import Link from "next/link";
import { Suspense } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import { type CallPage, listCalls, listNewerCalls } from "@/lib/calls/read";
import { formatCount, formatUsd } from "@/lib/format";
import { listNote } from "../panels/against-list";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { here, there, type View } from "../view";
import type { CallColumn } from "./call-columns";
import { toCallRow } from "./call-row";
import type { CallView } from "./call-view";
import { exportCallsHref, ListActions } from "./list-actions";
import { Pager } from "./pager";
import { readCallSums } from "./read-call-sums";

type Props = {
  scope: Scope;
  page: CallView;
  columns: readonly CallColumn[];
  /** The call that is open beside the list. */
  openId?: string;
};

const ORDERS = {
  cost_usd: "The dearest",
  latency_ms: "The slowest",
  input_tokens: "Those with the largest input",
  output_tokens: "Those with the largest output",
};

/** The calls themselves, newest first, a page at a time; or the largest of them. A row opens its call beside the list. */
export function CallsTable(props: Props) {
  const { page, scope, columns } = props;
  const { sort, ranges } = page.query;
  const isScan = sort !== null || (ranges?.length ?? 0) > 0;
  return (
    <Panel
      title="Calls"
      question={sort ? `${ORDERS[sort]} first` : "Newest first"}
      height={460}
      skeleton={<PanelSkeleton rows={14} note={isScan ? "Reading the calls one by one" : undefined} />}
      menu={{ csvHref: exportCallsHref(page) }}
      right={<ListActions scope={scope} page={page} columns={columns} />}
    >
      <Scanned view={page.view}>{() => readRows(props)}</Scanned>
    </Panel>
  );
}

async function readRows({ scope, page, columns, openId }: Props) {
  const { view, query } = page;
  const found = await readPage(scope, page);
  if (found.calls.length === 0 && query.cursor) return <NothingOlder view={view} />;
  if (found.calls.length === 0) return <NoCalls view={view} />;
  return (
    <>
      <DataTable
        label="Calls"
        density="dense"
        columns={columns.map(({ cell: _cell, name: _name, isDefault: _isDefault, ...column }) => column)}
        rows={found.calls.map((call) => toCallRow(call, view, columns, openId))}
        sort={{ key: query.sort ?? "occurred_at", dir: "desc" }}
        defaultSort={{ key: "occurred_at", dir: "desc" }}
      />
      <PanelFoot
        link={
          query.sort ? (
            <span className="text-muted-foreground">the first {formatCount(found.calls.length)}</span>
          ) : (
            <Pager view={view} found={found} />
          )
        }
      >
        <Suspense fallback="Adding up all of them">
          <Sum scope={scope} page={page} />
        </Suspense>
      </PanelFoot>
    </>
  );
}

/** A page of the list, and whether anything is newer. */
export type FoundPage = CallPage & { isFirst: boolean };

/** The asked page. Going back past the first call shows the newest page whole, not what happens to be left of it. */
async function readPage(scope: Scope, { query, isBackward }: CallView): Promise<FoundPage> {
  if (isBackward) {
    const newer = await listNewerCalls(scope, query);
    if (!newer.isFirst) return newer;
    return { ...(await listCalls(scope, { ...query, cursor: null })), isFirst: true };
  }
  return { ...(await listCalls(scope, query)), isFirst: query.cursor === null };
}

/** A cursor holds for any period and filters: it may stand behind the last of these calls. */
function NothingOlder({ view }: { view: View }) {
  return (
    <Empty
      title="Nothing older here"
      action={
        <Button asChild>
          <Link href={here(view, {})}>To the newest calls</Link>
        </Button>
      }
    >
      This page would start after the last call of the period and filters.
    </Empty>
  );
}

async function Sum({ scope, page }: { scope: Scope; page: CallView }) {
  const figures = await readCallSums(scope, page).catch(() => null);
  if (!figures) return "All of them could not be added up";
  const { totals } = figures;
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
