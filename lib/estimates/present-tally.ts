import { type CsvRow, csvHeader, csvLines } from "@/lib/csv";
import type { Sums, Tally } from "@/lib/estimates/tally";
import { formatCount, formatUsd } from "@/lib/format";
import { PICOS_PER_USD, toDecimalUsd } from "@/lib/money";

/** Groups from the dearest to the cheapest. */
function sortedGroups({ groups }: Tally): [string, Sums][] {
  return [...groups].sort(([a, x], [b, y]) =>
    x.costUsdPicos === y.costUsdPicos ? (a < b ? -1 : 1) : x.costUsdPicos > y.costUsdPicos ? -1 : 1,
  );
}

/** Unknown is never zero: a sum of nothing but unpriced calls is no sum. */
const isUnknown = ({ calls, unpricedCalls }: Sums): boolean => calls > 0 && unpricedCalls === calls;

function toJsonSums(sums: Sums) {
  const usd = (picos: bigint | null) => (picos === null || isUnknown(sums) ? null : toDecimalUsd(picos));
  return {
    calls: sums.calls,
    tokens: Number(sums.tokens),
    cost_usd: usd(sums.costUsdPicos),
    list_cost_usd: usd(sums.listCostUsdPicos),
    estimated_calls: sums.estimatedCalls,
    unpriced_calls: sums.unpricedCalls,
  };
}

/** All that a tally knows, as JSON on one line for a group each; money as exact decimals. */
export function toJsonText(tally: Tally, more: Readonly<Record<string, unknown>>): string {
  const { groupBy, total, unpriced, badLineCount, badLines } = tally;
  const answer = {
    ...more,
    ...toJsonSums(total),
    groups: sortedGroups(tally).map(([name, sums]) => ({ [groupBy]: name, ...toJsonSums(sums) })),
    unpriced: [...unpriced.values()].map((entry) => ({ ...entry, tokens: Number(entry.tokens) })),
    bad_lines: badLineCount,
    first_bad_lines: badLines,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** One row a group, without a total, as exact decimals. */
export function toCsvText(tally: Tally): string {
  const numbers = Object.keys(toJsonSums(tally.total));
  const columns = [
    { header: tally.groupBy, kind: "text" as const },
    ...numbers.map((header) => ({ header, kind: "number" as const })),
  ];
  const rows = sortedGroups(tally).map(([name, sums]): CsvRow => [name, ...Object.values(toJsonSums(sums))]);
  return csvHeader(columns) + csvLines(columns, rows);
}

/** One precision for the whole column: enough to tell the smallest amount. */
function placesOf({ groups }: Tally): number {
  const amounts = [...groups.values()].map(({ costUsdPicos }) => costUsdPicos).filter((picos) => picos > 0n);
  if (amounts.some((picos) => picos < PICOS_PER_USD / 100n)) return 6;
  return amounts.some((picos) => picos < PICOS_PER_USD) ? 4 : 2;
}

/** A table for people: one row a group, then the total. */
export function toTableText(tally: Tally, hasContract: boolean): string {
  const places = placesOf(tally);
  const money = (picos: bigint | null) => (picos === null ? "not known" : formatUsd(picos, { places }));
  const cells = (name: string, sums: Sums) => {
    const { calls, tokens, costUsdPicos, listCostUsdPicos } = sums;
    const cost = isUnknown(sums) ? "unpriced" : money(costUsdPicos);
    const list = hasContract ? [money(listCostUsdPicos)] : [];
    return [name, formatCount(calls), formatCount(tokens), ...list, cost];
  };
  const head = [tally.groupBy, "calls", "tokens", ...(hasContract ? ["list"] : []), "cost"];
  const rows = [head, ...sortedGroups(tally).map(([name, sums]) => cells(name, sums)), cells("total", tally.total)];
  const widths = head.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const pad = (cell: string, at: number) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0));
  const lines = rows.map((row) => row.map(pad).join("  ").trimEnd());
  lines.splice(-1, 0, "-".repeat(Math.max(...lines.map(({ length }) => length))));
  return `${lines.join("\n")}\n`;
}
