"use client";

import { FormError } from "@/components/forms/form-error";
import { Empty } from "@/components/shell/empty";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { formatCount, formatUsd } from "@/lib/format";
import type { Preview } from "./use-chosen";

type Props = {
  preview: Preview | null;
  problem: string | null;
  /** Whether all is said that every call needs; before, what keeps them from being taken is the same for all. */
  isTold: boolean;
};

/** The first calls as they would be stored, each with its price or with what keeps it from being taken. */
export function PreviewTable({ preview, problem, isTold }: Props) {
  if (problem !== null) {
    return (
      <div className="px-4 pb-4">
        <FormError>{problem}</FormError>
      </div>
    );
  }
  if (preview === null) return <PanelSkeleton />;
  if (preview.length === 0) return <Empty title="No calls in the first records">Try another format.</Empty>;
  return (
    <div className="mt-2">
      <Table aria-label="First calls">
        <thead>
          <tr>
            <TableHead>Line</TableHead>
            <TableHead className="max-phone:hidden">Time</TableHead>
            <TableHead>Tenant</TableHead>
            <TableHead className="max-phone:hidden">Feature</TableHead>
            <TableHead className="max-phone:hidden">Model</TableHead>
            <TableHead className="text-right max-phone:hidden">Tokens</TableHead>
            <TableHead className="text-right">Cost</TableHead>
          </tr>
        </thead>
        <tbody>
          {preview.map(({ sent: { file, line, call }, shown }) => (
            <TableRow key={`${file} ${line}`}>
              <TableCell className="text-muted-foreground">{formatCount(line)}</TableCell>
              <TableCell className="max-phone:hidden">{textOf(call.occurred_at)}</TableCell>
              <TableCell className="max-w-[160px] truncate">{textOf(call.tenant_id)}</TableCell>
              <TableCell className="max-w-[160px] truncate max-phone:hidden">{textOf(call.feature)}</TableCell>
              <TableCell className="max-w-[200px] truncate max-phone:hidden">{textOf(call.model)}</TableCell>
              {shown.errors.length > 0 ? (
                <TableCell
                  colSpan={2}
                  className={cn("whitespace-normal text-right", isTold ? "text-firing" : "text-muted-foreground")}
                >
                  {isTold ? shown.errors.map(({ path, message }) => `${path} ${message}`).join("; ") : "not whole yet"}
                </TableCell>
              ) : (
                <>
                  <TableCell className="text-right max-phone:hidden">{formatCount(shown.tokens)}</TableCell>
                  <TableCell className="text-right font-medium">
                    {shown.costUsdPicos === null ? (
                      <Badge variant="outline">unpriced</Badge>
                    ) : (
                      formatUsd(shown.costUsdPicos, { places: 6 })
                    )}
                  </TableCell>
                </>
              )}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function textOf(value: unknown) {
  return typeof value === "string" && value !== "" ? value : <span className="text-muted-foreground">none</span>;
}
