import { Panel, PanelBody, PanelCount, PanelFoot } from "@/components/shell/panel";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatMonth, formatUsd } from "@/lib/format";
import { type RepriceRunView, readAdjustments, readDifferenceSums } from "@/lib/reprice/read-runs";

const SHOWN = 100;

/** What a run books for closed months instead of changing their calls. Nothing where it meets none. */
export async function RunAdjustments({ scope, run }: { scope: Scope; run: RepriceRunView }) {
  if (run.status !== "done") return <ToBeAdjusted scope={scope} run={run} />;
  const rows = await readAdjustments(scope, run.number);
  if (rows.length === 0) return null;
  const total = rows.reduce((sum, { cost }) => sum + cost, 0n);
  return (
    <Panel
      title="Adjustments of closed months"
      question="What would these months have cost more or less?"
      right={
        <PanelCount>{rows.length > SHOWN ? `top ${SHOWN} of ${formatCount(rows.length)}` : rows.length}</PanelCount>
      }
    >
      <Table className="mt-2">
        <thead>
          <tr>
            <TableHead>Month</TableHead>
            <TableHead>Tenant</TableHead>
            <TableHead className="max-phone:hidden">Model</TableHead>
            <TableHead className="text-right">Adjustment</TableHead>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map(({ month, tenantId, model, cost }) => (
            <TableRow key={JSON.stringify([month, tenantId, model])}>
              <TableCell>{formatMonth(new Date(`${month}-01`))}</TableCell>
              <TableCell className="max-w-[30ch] truncate font-medium">{tenantId}</TableCell>
              <TableCell className="text-text-2 max-phone:hidden">{model}</TableCell>
              <TableCell className="text-right">{formatUsd(cost, { signed: true })}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      <PanelFoot>
        {formatUsd(total, { signed: true })} in all, after what earlier runs booked. The calls keep their prices.
      </PanelFoot>
    </Panel>
  );
}

async function ToBeAdjusted({ scope, run }: { scope: Scope; run: RepriceRunView }) {
  const { closed } = await readDifferenceSums(scope, run.number);
  if (closed.calls === 0n) return null;
  return (
    <Panel title="Closed months" question="Their calls keep their prices">
      <PanelBody>
        {formatCount(closed.calls)} calls of closed months would cost {formatUsd(closed.costAfter)} instead of{" "}
        {formatUsd(closed.costBefore)}. Applying books the difference as adjustments, less what earlier runs booked.
      </PanelBody>
    </Panel>
  );
}
