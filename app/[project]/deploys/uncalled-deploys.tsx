import Link from "next/link";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatMinute, formatSha } from "@/lib/format";
import { listUncalledDeploys } from "@/lib/reports/told-deploys";
import { drillHref, type View } from "../view";
import { DeployTitle } from "./told-deploy";

const SHOWN = 20;

/** Deploys that were told of and of which no call was seen yet: they have no cost to stand in the list with. Nothing without any. */
export async function UncalledDeploys({ scope, view }: { scope: Scope; view: View }) {
  const { period, filters } = view.query;
  const found = await listUncalledDeploys(scope, period, filters, SHOWN).catch(() => null);
  if (!found || found.count === 0) return null;
  const { deploys, count } = found;
  return (
    <Panel title="Without a call" question="Deploys of the period that nobody has called yet in their environment">
      <Table aria-label="Deploys without a call" className="mt-2">
        <thead>
          <tr>
            <TableHead>Deploy</TableHead>
            <TableHead>Title</TableHead>
            <TableHead className="max-phone:hidden">Environment</TableHead>
            <TableHead className="text-right">Deployed, UTC</TableHead>
          </tr>
        </thead>
        <tbody>
          {deploys.map((told) => (
            <TableRow key={`${told.environment} ${told.deploy}`}>
              <TableCell>
                <Link className="link mono" href={drillHref(view, "deploy", told.deploy)} title={told.deploy}>
                  {formatSha(told.deploy)}
                </Link>
              </TableCell>
              <TableCell className="w-full max-w-0 truncate">
                <DeployTitle told={told} />
              </TableCell>
              <TableCell className="max-phone:hidden">{told.environment}</TableCell>
              <TableCell className="text-right">{formatMinute(told.deployedAt)}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {count > deploys.length && (
        <PanelFoot>
          The latest {SHOWN} of {formatCount(count)}.
        </PanelFoot>
      )}
    </Panel>
  );
}
