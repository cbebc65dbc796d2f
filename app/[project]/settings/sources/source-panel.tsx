import { Plus } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Scope } from "@/lib/auth/scope";
import { countBySource, NEWEST_CALLS, type SourceCalls } from "@/lib/calls/count-by-source";
import { formatAgo, formatCount, formatDateTime, formatPercent } from "@/lib/format";
import { DOORS, doorHref } from "../../quick-start/doors";
import type { View } from "../../view";
import { sourceName } from "./source-name";

const DAY_MS = 86_400_000;

/** By which doors the calls of the last 24 hours came, and the way to every door's set-up. */
export function SourcePanel({ scope, view }: { scope: Scope; view: View }) {
  return (
    <Panel
      title="Sources"
      question="By which doors did the calls of the last 24 hours come in?"
      height={140}
      right={
        <Button asChild size="small">
          <Link href={`${view.base}/quick-start`}>
            <Plus />
            Add a source
          </Link>
        </Button>
      }
    >
      <Sources scope={scope} view={view} />
    </Panel>
  );
}

async function Sources({ scope, view }: { scope: Scope; view: View }) {
  const { sources, calls } = await countBySource(scope, new Date(view.now.getTime() - DAY_MS));
  return (
    <>
      {sources.length === 0 ? (
        <Empty
          title="No calls in the last 24 hours"
          action={
            <Button asChild>
              <Link href={`${view.base}/quick-start`}>Quick start</Link>
            </Button>
          }
        >
          Each door has a few lines to set up, with the key filled in.
        </Empty>
      ) : (
        <SourceTable sources={sources} calls={calls} now={view.now} />
      )}
      <PanelFoot>
        {calls >= NEWEST_CALLS && `Of the newest ${formatCount(NEWEST_CALLS)} calls. `}
        Set up:{" "}
        {DOORS.map(({ key, label }, i) => (
          <Fragment key={key}>
            {i > 0 && " · "}
            <Link className="link whitespace-nowrap" href={doorHref(view.project, key)}>
              {label}
            </Link>
          </Fragment>
        ))}
      </PanelFoot>
    </>
  );
}

function SourceTable({ sources, calls, now }: { sources: readonly SourceCalls[]; calls: number; now: Date }) {
  return (
    <Table aria-label="Sources" className="mt-2 [&_td]:h-[42px]">
      <thead>
        <tr>
          <TableHead>Door</TableHead>
          <TableHead className="text-right">Calls</TableHead>
          <TableHead className="text-right max-phone:hidden">Share</TableHead>
          <TableHead className="text-right">Last call</TableHead>
        </tr>
      </thead>
      <tbody>
        {sources.map((one) => (
          <TableRow key={one.source ?? ""}>
            <TableCell>
              <span className="block font-medium">{sourceName(one.source)}</span>
              <span className="mono block max-w-[46ch] truncate text-muted-foreground max-phone:max-w-[150px]">
                {one.source ?? "no source told"}
              </span>
            </TableCell>
            <TableCell className="text-right">{formatCount(one.calls)}</TableCell>
            <TableCell className="text-right text-text-2 max-phone:hidden">
              {formatPercent(one.calls / calls)}
            </TableCell>
            <TableCell className="text-right text-text-2">
              <time dateTime={one.lastAt.toISOString()} title={formatDateTime(one.lastAt)}>
                {formatAgo(one.lastAt, now)}
              </time>
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
