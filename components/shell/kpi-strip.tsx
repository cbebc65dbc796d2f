import { Children, type CSSProperties, type ReactNode } from "react";
import { PanelFrame } from "@/components/shell/panel";
import { cn } from "@/components/ui/cn";

/**
 * One panel cut by hairlines into 4 to 6 `Kpi` cells; the first is the hero, `hero` times as wide as the others.
 * Two columns on a phone, the hero across; with `hero={1}` there is none.
 * @param label names it where a page has two.
 */
export function KpiStrip({
  hero = 1.5,
  label = "Key figures",
  children,
}: {
  hero?: number;
  label?: string;
  children: ReactNode;
}) {
  const count = Children.toArray(children).length;
  return (
    <PanelFrame label={label}>
      <div
        style={{ "--kpi-columns": `minmax(0,${hero}fr) repeat(${count - 1},minmax(0,1fr))` } as CSSProperties}
        className={cn(
          "grid grid-cols-2 overflow-hidden wide:grid-cols-(--kpi-columns) *:-mt-px *:-ml-px",
          hero === 1
            ? "max-wide:[&>*:last-child:nth-child(odd)]:col-span-2"
            : "*:first:col-span-2 wide:*:first:col-span-1 max-wide:[&>*:last-child:nth-child(even)]:col-span-2",
        )}
      >
        {children}
      </div>
    </PanelFrame>
  );
}

export type KpiProps = {
  label: ReactNode;
  /** At the right of the label: "budget $36,000". */
  aside?: ReactNode;
  /** `formatUsdParts(…)`, or a plain figure. */
  figure: string | Readonly<{ main: string; small: string }>;
  /** A `Change` with its word. */
  change?: ReactNode;
  /** One line of context. */
  context?: ReactNode;
  isHero?: boolean;
  /** Anything below: a meter. */
  children?: ReactNode;
};

/** One figure: label, number, change with its word, one line of context. */
export function Kpi({ label, aside, figure, change, context, isHero = false, children }: KpiProps) {
  const parts = typeof figure === "string" ? split(figure) : figure;
  return (
    <div className="min-w-0 border-border border-t border-l px-4 py-3.5 max-phone:px-3.5 max-phone:py-3">
      <div className="flex justify-between gap-1.5 font-[450] text-note text-text-2">
        <span>{label}</span>
        {aside && <span className="font-normal text-muted-foreground">{aside}</span>}
      </div>
      <div className={cn("mt-1", isHero && "flex flex-wrap items-baseline gap-x-3 gap-y-0.5")}>
        <p
          className={
            isHero
              ? "font-semibold text-hero tracking-[-0.035em] max-phone:text-[34px] max-phone:leading-10"
              : "font-semibold text-kpi tracking-[-0.025em]"
          }
        >
          {parts.main}
          {parts.small && (
            <span
              className={cn(
                "font-medium text-muted-foreground",
                isHero ? "text-[.58em] tracking-[-0.02em]" : "text-[.68em] tracking-[-0.01em]",
              )}
            >
              {parts.small}
            </span>
          )}
        </p>
        {change && <p className={isHero ? "text-[12.5px]" : "mt-[3px] text-note"}>{change}</p>}
      </div>
      {context && <p className="mt-0.5 text-muted-foreground text-note">{context}</p>}
      {children}
    </div>
  );
}

/** A percent sign is drawn small, as cents are. */
function split(figure: string): { main: string; small: string } {
  return figure.endsWith("%") ? { main: figure.slice(0, -1), small: "%" } : { main: figure, small: "" };
}
