import { Panel, PanelFoot } from "@/components/shell/panel";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { formatMinute, formatMonth } from "@/lib/format";
import type { ClosedMonth } from "@/lib/reprice/closed-months";
import { MonthButton } from "./month-button";

const MONTHS_SHOWN = 6;

type Props = { slug: string; closed: readonly ClosedMonth[]; now: Date; mayChange: boolean };

/** The last months that are over, each closed or open, and older ones that are closed. */
export function ClosedMonths({ slug, closed, now, mayChange }: Props) {
  const recent = Array.from({ length: MONTHS_SHOWN }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 - index, 1)).toISOString().slice(0, 7),
  );
  const months = [...new Set([...recent, ...closed.map(({ month }) => month)])];
  return (
    <Panel title="Closed months" question="Which months may no longer change?">
      <Table className="mt-2">
        <thead>
          <tr>
            <TableHead>Month</TableHead>
            <TableHead>State</TableHead>
            <TableHead>
              <span className="sr-only">Action</span>
            </TableHead>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => {
            const entry = closed.find((known) => known.month === month);
            return (
              <TableRow key={month}>
                <TableCell className="font-medium">{formatMonth(new Date(`${month}-01`))}</TableCell>
                <TableCell className="text-text-2">
                  {entry ? `closed ${formatMinute(entry.at)}${entry.by ? ` by ${entry.by}` : ""}` : "open"}
                </TableCell>
                <TableCell className="text-right">
                  {mayChange && <MonthButton slug={slug} month={month} isClosed={entry !== undefined} />}
                </TableCell>
              </TableRow>
            );
          })}
        </tbody>
      </Table>
      <PanelFoot>
        A run leaves the calls of a closed month as they are and books the difference as adjustments, once.
      </PanelFoot>
    </Panel>
  );
}
