import Link from "next/link";
import type { ReactNode } from "react";
import { Swatch } from "@/components/charts/swatch";
import { Change } from "@/components/shell/change";
import { CutName } from "@/components/ui/cut-name";
import type { FormattedChange } from "@/lib/format";

export type LegendRow = Readonly<{
  key: string;
  name: string;
  color: string;
  /** Already written: `$11,294.97`. */
  value: string;
  /** `34.6%`. */
  share?: string;
  change?: FormattedChange | null;
  /** Drill-down. */
  href?: string;
}>;

const HEAD =
  "px-1.5 pb-[5px] font-medium text-head text-muted-foreground text-right first:pl-0 first:text-left last:pr-0";
const CELL =
  "h-[29px] border-border border-b px-1.5 text-right whitespace-nowrap first:pl-0 first:text-left last:pr-0 max-phone:h-9";

/** The legend of a chart as a table: swatch, spend, share, change; the total on a strong rule. Each row drills in. */
export function LegendTable({
  heading,
  valueHeading = "Spend",
  rows,
  total,
}: {
  /** "Feature". */
  heading: string;
  valueHeading?: string;
  rows: readonly LegendRow[];
  /** "All 8 features". */
  total?: Readonly<{ name: ReactNode; value: string; change?: FormattedChange | null }>;
}) {
  const hasShare = rows.some(({ share }) => share !== undefined);
  const hasChange = rows.some(({ change }) => change);
  return (
    <div className="min-w-0 overflow-x-auto">
      <table className="w-full border-collapse text-[12.5px]">
        <thead>
          <tr>
            <th className={HEAD}>{heading}</th>
            <th className={HEAD}>{valueHeading}</th>
            {hasShare && <th className={`${HEAD} max-phone:hidden`}>Share</th>}
            {hasChange && <th className={HEAD}>Change</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, color, value, share, change, href }) => (
            <tr key={key} className="group relative last:[&>td]:border-b-0 has-[a]:hover:bg-inset">
              <td className={CELL}>
                <span
                  className={
                    hasShare && hasChange ? "flex max-w-[132px] items-center" : "flex max-w-[150px] items-center"
                  }
                >
                  <Swatch color={color} />
                  {href ? (
                    <Link href={href} className="min-w-0 after:absolute after:inset-0" title={name}>
                      <CutName name={name} />
                    </Link>
                  ) : (
                    <span className="min-w-0" title={name}>
                      <CutName name={name} />
                    </span>
                  )}
                </span>
              </td>
              <td className={CELL}>{value}</td>
              {hasShare && <td className={`${CELL} text-text-2 max-phone:hidden`}>{share}</td>}
              {hasChange && <td className={CELL}>{change && <Change change={change} />}</td>}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr className="font-semibold [&>td]:border-t [&>td]:border-t-border-strong [&>td]:border-b-0">
              <td className={CELL}>{total.name}</td>
              <td className={CELL}>{total.value}</td>
              {hasShare && <td className={`${CELL} max-phone:hidden`} />}
              {hasChange && <td className={CELL}>{total.change && <Change change={total.change} />}</td>}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
