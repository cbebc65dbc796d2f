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
  const isNews = rows.some((row) => row.unpricedBefore !== row.unpricedAfter);
  return (
    <Table className="mt-2 mb-1">
      <thead>
        <tr>
          <TableHead className="capitalize">{nameLabel}</TableHead>
          <TableHead className="text-right max-phone:hidden">Calls</TableHead>
          {isNews && <TableHead className="text-right max-phone:hidden">Newly priced</TableHead>}
          <TableHead className="text-right max-phone:hidden">Before</TableHead>
          <TableHead className="text-right max-phone:hidden">After</TableHead>
          <TableHead className="text-right">Difference</TableHead>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, SHOWN).map((row) => (
          <Row key={row.name} row={row} isNews={isNews} />
        ))}
        {rest.length > 0 && <Row row={{ ...sum(rest), name: `${formatCount(rest.length)} others` }} isNews={isNews} />}
      </tbody>
    </Table>
  );
}

function Row({ row, isNews }: { row: DifferenceRow; isNews: boolean }) {
  const difference = row.costAfter - row.costBefore;
  return (
    <TableRow>
      <TableCell className="max-w-[30ch] truncate max-phone:max-w-[20ch] font-medium">{row.name}</TableCell>
      <TableCell className="text-right max-phone:hidden">{formatCount(row.calls)}</TableCell>
      {isNews && (
        <TableCell className="text-right text-text-2 max-phone:hidden">
          {formatCount(row.unpricedBefore - row.unpricedAfter)}
        </TableCell>
      )}
      <TableCell className="text-right text-text-2 max-phone:hidden">{formatUsd(row.costBefore)}</TableCell>
      <TableCell className="text-right max-phone:hidden">{formatUsd(row.costAfter)}</TableCell>
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
