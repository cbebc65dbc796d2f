import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { formatDate } from "@/lib/format";
import { subjectOf, termsOf } from "@/lib/pricing/contract-words";
import type { ContractRow } from "./read-contract";
import { formatDays, kindOf } from "./words";

const STATES = ["in force", "coming", "past"] as const;

type Props = { path: string; rows: readonly ContractRow[]; mayChange: boolean };

/** The overrides in force, then those to come, then those of the past. */
export function OverrideTable({ path, rows, mayChange }: Props) {
  return (
    <Table aria-label="Overrides" className="mt-2">
      <thead>
        <tr>
          <TableHead>Applies to</TableHead>
          <TableHead className="max-phone:hidden">Terms</TableHead>
          <TableHead className="max-phone:hidden">Days</TableHead>
          <TableHead className="max-phone:hidden">Since</TableHead>
          {mayChange && (
            <TableHead>
              <span className="sr-only">Actions</span>
            </TableHead>
          )}
        </tr>
      </thead>
      {STATES.map((state) => {
        const listed = rows.filter((row) => row.state === state);
        if (listed.length === 0) return null;
        return (
          <tbody key={state}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={5}
                className="border-border border-b bg-inset px-4 py-1 text-left font-medium text-head text-muted-foreground max-phone:px-3.5"
              >
                {state === "in force" ? "In force" : state === "coming" ? "Coming" : "Past"}
              </th>
            </tr>
            {listed.map((row) => (
              <OverrideRow key={row.override.id} path={path} row={row} mayChange={mayChange} />
            ))}
          </tbody>
        );
      })}
    </Table>
  );
}

function OverrideRow({ path, row, mayChange }: { path: string; row: ContractRow; mayChange: boolean }) {
  const { override, state, since, problem } = row;
  const subject = subjectOf(override);
  return (
    <TableRow className={state === "past" ? "text-text-2" : undefined}>
      <TableCell className="max-w-[280px] whitespace-normal py-2 align-top max-phone:max-w-none">
        <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <span className="min-w-0 whitespace-pre-wrap font-medium [overflow-wrap:anywhere]">{subject}</span>
          <Badge variant="outline">{kindOf(override)}</Badge>
        </span>
        <span className="mt-1 hidden max-phone:block [overflow-wrap:anywhere]">{termsOf(override)}</span>
        <span className="mt-0.5 hidden text-muted-foreground text-note max-phone:block">{formatDays(override)}</span>
        {override.note && (
          <span className="mt-1 block text-muted-foreground text-note [overflow-wrap:anywhere]">{override.note}</span>
        )}
        {problem && <span className="mt-1 block text-note text-warn [overflow-wrap:anywhere]">{problem}</span>}
      </TableCell>
      <TableCell className="max-w-[340px] whitespace-normal py-2 align-top [overflow-wrap:anywhere] max-phone:hidden">
        {termsOf(override)}
      </TableCell>
      <TableCell className="py-2 align-top text-text-2 max-phone:hidden">{formatDays(override)}</TableCell>
      <TableCell className="py-2 align-top text-text-2 max-phone:hidden">
        {since && (
          <>
            version {since.version}, {formatDate(since.at)}
            {since.by && (
              <span className="block max-w-[18ch] truncate text-muted-foreground text-note">by {since.by}</span>
            )}
          </>
        )}
      </TableCell>
      {mayChange && (
        <TableCell className="py-1.5 align-top">
          <div className="flex justify-end gap-0.5 max-phone:flex-col max-phone:items-end">
            {ACTIONS.filter(({ param }) => param !== "end" || state !== "past").map(({ param, label }) => (
              <Button key={param} size="small" variant="ghost" asChild>
                <Link
                  href={`${path}?${param}=${override.id}`}
                  scroll={false}
                  prefetch={false}
                  aria-label={`${label} ${kindOf(override)} ${subject}`}
                >
                  {label}
                </Link>
              </Button>
            ))}
          </div>
        </TableCell>
      )}
    </TableRow>
  );
}

const ACTIONS = [
  { param: "change", label: "Change" },
  { param: "end", label: "End" },
  { param: "remove", label: "Remove" },
] as const;
