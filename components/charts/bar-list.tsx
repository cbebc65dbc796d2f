import Link from "next/link";
import { Change } from "@/components/shell/change";
import { CutName } from "@/components/ui/cut-name";
import type { FormattedChange } from "@/lib/format";

export type BarListRow = Readonly<{
  key: string;
  name: string;
  /** What it is: "tenant". */
  note?: string;
  /** Length and side of the bar, a float: negative goes left. */
  size: number;
  /** How many, already written: beside the value, muted. */
  count?: string;
  /** Already written: `+$1,103.90`. */
  value: string;
  change?: FormattedChange;
  /** Bars of a difference in cost are worse or better; of an amount plain; of volume grey. */
  tone?: "difference" | "amount" | "volume";
  href?: string;
}>;

function fill({ tone = "amount", size }: BarListRow): string {
  if (tone === "difference") return size < 0 ? "var(--better-fill)" : "var(--worse-fill)";
  return tone === "amount" ? "var(--chart-1)" : "var(--chart-other)";
}

/** Names with a bar each, hung from one zero line: top movers, who pays most. `label` names the list. */
export function BarList({ rows, label }: { rows: readonly BarListRow[]; label: string }) {
  const right = Math.max(0, ...rows.map(({ size }) => size));
  const left = Math.max(0, ...rows.map(({ size }) => -size));
  const span = right + left || 1;
  const zero = (left / span) * 100;
  const hasChange = rows.some(({ change }) => change);
  const hasCount = rows.some(({ count }) => count !== undefined);
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse text-[12.5px]">
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="relative border-border border-b last:border-b-0 has-[a]:hover:bg-inset">
            <td className={row.note ? "h-[41px] pr-2 leading-[15px]" : "h-[29px] pr-2"}>
              <span className="block" title={row.name}>
                {row.href ? (
                  <Link href={row.href} className="after:absolute after:inset-0">
                    <CutName name={row.name} />
                  </Link>
                ) : (
                  <CutName name={row.name} />
                )}
              </span>
              {row.note && <span className="mt-px block text-axis text-muted-foreground">{row.note}</span>}
            </td>
            <td className="w-[30%] px-1.5 max-phone:w-[14%]">
              <span aria-hidden className="relative block h-2.5">
                <span
                  className="absolute inset-y-0 min-w-0.5 rounded-[1px]"
                  style={{
                    background: fill(row),
                    width: `${(Math.abs(row.size) / span) * 100}%`,
                    ...(row.size < 0 ? { right: `${100 - zero}%` } : { left: `${zero}%` }),
                  }}
                />
                {left > 0 && (
                  <span className="-inset-y-0.5 absolute w-px bg-border-strong" style={{ left: `${zero}%` }} />
                )}
              </span>
            </td>
            {hasCount && <td className="w-[62px] pl-1.5 text-right text-text-2">{row.count}</td>}
            <td className="w-[86px] pl-1.5 text-right font-medium">{row.value}</td>
            {hasChange && (
              <td className="w-[72px] pl-1.5 text-right">{row.change && <Change change={row.change} />}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
