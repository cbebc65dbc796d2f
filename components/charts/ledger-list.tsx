import type { LedgerTotal } from "@/components/charts/ledger";
import { type LedgerPart, roundToSum } from "@/components/charts/ledger-scale";
import { formatUsd } from "@/lib/format";

const CENT = 10_000_000_000n;

/** The small ledger, for a third of the page: name, bar from the left, amount; the total between a single and a double rule. */
export function LedgerList({
  before,
  parts,
  after,
}: {
  before: LedgerTotal;
  parts: readonly LedgerPart[];
  after: LedgerTotal;
}) {
  const amounts = roundToSum([before.amount, ...parts.map(({ amount }) => amount)], CENT);
  const sizes = parts.map(({ amount }) => Math.abs(Number(amount)));
  const max = Math.max(...sizes, 1);
  return (
    <table className="-mt-1.5 w-full border-collapse text-[12.5px] [&_td]:h-[27px]">
      <tbody className="[&>tr]:border-border [&>tr]:border-b">
        <tr>
          <td>{before.name}</td>
          <td />
          <td className="text-right">{formatUsd(amounts[0] ?? 0n, { places: 2 })}</td>
        </tr>
        {parts.map((part, index) => {
          const amount = amounts[index + 1] ?? 0n;
          return (
            <tr key={part.key} title={part.why}>
              <td>{part.name}</td>
              <td className="w-[26%] px-1.5">
                {amount !== 0n && (
                  <span
                    aria-hidden
                    className="block h-2 min-w-0.5 rounded-[1px]"
                    style={{
                      width: `${((sizes[index] ?? 0) / max) * 100}%`,
                      background: part.isVolume
                        ? "var(--chart-other)"
                        : amount > 0n
                          ? "var(--worse-fill)"
                          : "var(--better-fill)",
                    }}
                  />
                )}
              </td>
              <td className={amount === 0n ? "text-right text-muted-foreground" : "text-right"}>
                {formatUsd(amount, { places: 2, signed: amount !== 0n })}
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="font-semibold [&>td]:border-foreground [&>td]:border-t [&>td]:border-b-[3px] [&>td]:[border-bottom-style:double]">
          <td>{after.name}</td>
          <td />
          <td className="text-right">
            {formatUsd(
              amounts.reduce((a, b) => a + b, 0n),
              { places: 2 },
            )}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
