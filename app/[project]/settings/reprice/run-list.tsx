import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatMinute } from "@/lib/format";
import type { RepriceRunView } from "@/lib/reprice/read-runs";
import { RunStatusBadge } from "./run-status";
import { formatSpan } from "./span";

/** The runs of a project, newest first. */
export function RunList({ slug, runs }: { slug: string; runs: readonly RepriceRunView[] }) {
  return (
    <Panel
      title="Runs"
      question="Who changed prices of stored calls, when and why?"
      right={<PanelCount>{runs.length}</PanelCount>}
    >
      {runs.length === 0 ? (
        <Empty title="No run yet">Calls have the prices that they got when they came in.</Empty>
      ) : (
        <Table className="mt-2">
          <thead>
            <tr>
              <TableHead>Run</TableHead>
              <TableHead>Days</TableHead>
              <TableHead className="max-phone:hidden">By</TableHead>
              <TableHead className="text-right max-phone:hidden">Calls changed</TableHead>
              <TableHead className="text-right">Status</TableHead>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <TableRow key={run.number}>
                <TableCell className="h-[42px] py-1.5">
                  <Link
                    href={`/${slug}/settings/reprice/${run.number}`}
                    className="link block max-w-[34ch] truncate font-medium"
                  >
                    {run.number}. {run.undoes === null ? run.reason : `Undo run ${run.undoes}: ${run.reason}`}
                  </Link>
                  <span className="block max-w-[34ch] truncate text-muted-foreground text-note">
                    {run.models.length === 0 ? "All models" : run.models.join(", ")}
                  </span>
                </TableCell>
                <TableCell className="text-text-2">{formatSpan(run)}</TableCell>
                <TableCell className="text-text-2 max-phone:hidden">
                  {run.createdBy ?? "somebody who is gone"}
                  <span className="block text-muted-foreground text-note">{formatMinute(run.createdAt)}</span>
                </TableCell>
                <TableCell className="text-right max-phone:hidden">
                  {run.status === "done" ? (
                    formatCount(run.rowsChanged)
                  ) : (
                    <span className="text-muted-foreground">none yet</span>
                  )}
                </TableCell>
                <TableCell className="text-right">
                  <RunStatusBadge status={run.status} />
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      <PanelFoot>A run is kept for ever: what it changed, by which prices, and why.</PanelFoot>
    </Panel>
  );
}
