import { Change } from "@/components/shell/change";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { formatChange, formatCount, formatUsd } from "@/lib/format";
import type { DifferenceRow } from "@/lib/reprice/read-runs";

/** More rows are summed up in the last one. */
const SHOWN = 50;

type Props = { rows: readonly DifferenceRow[]; nameLabel: string };

/** Before, after and difference by name, as the rows come; exact to the picodollar in the hint of each figure. */
export function DifferenceTable({ rows, nameLabel }: Props) {
  const rest = rows.slice(SHOWN);
  return (
    <Table className="mt-2 mb-1">
      <thead>
        <tr>
          <TableHead className="capitalize">{nameLabel}</TableHead>
          <TableHead className="text-right max-phone:hidden">Calls</TableHead>
          <TableHead className="text-right max-phone:hidden">Newly priced</TableHead>
          <TableHead className="text-right max-phone:hidden">Before</TableHead>
          <TableHead className="text-right">After</TableHead>
          <TableHead className="text-right">Difference</TableHead>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, SHOWN).map((row) => (
          <Row key={row.name} row={row} />
        ))}
        {rest.length > 0 && <Row row={{ ...sum(rest), name: `${formatCount(rest.length)} others` }} />}
      </tbody>
    </Table>
  );
}

function Row({ row }: { row: DifferenceRow }) {
  const difference = row.costAfter - row.costBefore;
  return (
    <TableRow>
      <TableCell className="max-w-[30ch] truncate font-medium">{row.name}</TableCell>
      <TableCell className="text-right max-phone:hidden">{formatCount(row.calls)}</TableCell>
      <TableCell className="text-right text-text-2 max-phone:hidden">
        {formatCount(row.unpricedBefore - row.unpricedAfter)}
      </TableCell>
      <TableCell className="text-right text-text-2 max-phone:hidden">{formatUsd(row.costBefore)}</TableCell>
      <TableCell className="text-right">{formatUsd(row.costAfter)}</TableCell>
      <TableCell className="text-right">
        {formatUsd(difference, { signed: true })} <Change change={formatChange(row.costAfter, row.costBefore)} />
      </TableCell>
    </TableRow>
  );
}

function sum(rows: readonly DifferenceRow[]): Omit<DifferenceRow, "name"> {
  const add = (key: Exclude<keyof DifferenceRow, "name">) => rows.reduce((total, row) => total + row[key], 0n);
  return {
    calls: add("calls"),
    unpricedBefore: add("unpricedBefore"),
    unpricedAfter: add("unpricedAfter"),
    costBefore: add("costBefore"),
    costAfter: add("costAfter"),
    listBefore: add("listBefore"),
    listAfter: add("listAfter"),
  };
}
