import { type ReactNode, Suspense } from "react";
import { PanelError } from "@/components/shell/panel-error";
import { PanelMenu } from "@/components/shell/panel-menu";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { cn } from "@/components/ui/cn";

/** Columns of 12 that a panel spans from 1181 px on; below, every panel is full width. */
const SPANS = {
  12: "wide:col-span-12",
  8: "wide:col-span-8",
  7: "wide:col-span-7",
  6: "wide:col-span-6",
  5: "wide:col-span-5",
  4: "wide:col-span-4",
  3: "wide:col-span-3",
} as const;

/** The grid of panels: 12 columns, 12 px between. */
export function PanelGrid({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-12 gap-3 *:col-span-12 max-phone:gap-2.5">{children}</div>;
}

/** The bare card of a panel: for a KPI strip or anything with a head of its own. */
export function PanelFrame({
  span = 12,
  className,
  label,
  children,
}: {
  span?: keyof typeof SPANS;
  className?: string;
  label?: string;
  children: ReactNode;
}) {
  return (
    <section
      data-slot="panel"
      aria-label={label}
      className={cn("flex min-w-0 flex-col rounded-panel border border-border bg-card", SPANS[span], className)}
    >
      {children}
    </section>
  );
}

export type PanelProps = {
  /** A noun. */
  title: ReactNode;
  /** The question the panel answers, or a fact about it. */
  question?: ReactNode;
  /** Grouping, count ("top 10 of 214"). May be an async component: the title does not wait for it. */
  right?: ReactNode;
  /** What the `…` menu offers; copying the link is always there. */
  menu?: Readonly<{ csvHref?: string; jsonHref?: string }>;
  /** Fields that change what is shown: they stay as they are, with what is being typed, while the content changes. */
  toolbar?: ReactNode;
  span?: keyof typeof SPANS;
  /** Height of the part below the header in px, kept by skeleton, data and error alike. */
  height?: number;
  skeleton?: ReactNode;
  className?: string;
  /** Usually one async component that returns `<PanelBody>` (or a table) and `<PanelFoot>`. */
  children: ReactNode;
};

/**
 * One panel. Its title is there at once; its content streams in; when that fails the panel says so and the page stays.
 * `<Panel title="Tenants" question="Who spends it?" menu={{ csvHref }} height={420}><TenantTable …/></Panel>`
 */
export function Panel({
  title,
  question,
  right,
  menu,
  toolbar,
  span,
  height,
  skeleton,
  className,
  children,
}: PanelProps) {
  return (
    <PanelFrame span={span} className={className}>
      <header className="flex min-h-10 items-start gap-2 pt-[11px] pr-2.5 pl-4 max-phone:flex-wrap max-phone:pr-2 max-phone:pl-3.5">
        <div className="min-w-0 max-phone:flex-1">
          <h2 className="font-semibold text-body tracking-[-0.008em]">{title}</h2>
          {question && <p className="text-muted-foreground text-note">{question}</p>}
        </div>
        {right && (
          <div
            className="ml-auto flex shrink-0 items-center gap-1 max-phone:order-last max-phone:ml-0 max-phone:w-full max-phone:flex-wrap max-phone:empty:hidden"
            data-print="hide"
          >
            <Suspense>{right}</Suspense>
          </div>
        )}
        {menu && (
          <div className={cn("shrink-0", right ? "-ml-1 max-phone:ml-auto" : "ml-auto")} data-print="hide">
            <PanelMenu {...menu} title={typeof title === "string" ? title : "Panel"} />
          </div>
        )}
      </header>
      {toolbar}
      <div className="flex flex-1 flex-col" style={{ minHeight: height }}>
        <PanelError>
          <Suspense fallback={skeleton ?? <PanelSkeleton />}>{children}</Suspense>
        </PanelError>
      </div>
    </PanelFrame>
  );
}

/** The padded content of a panel. Tables go without: they have their own sides. */
export function PanelBody({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("flex-1 px-4 pt-3 pb-3.5 max-phone:px-3.5", className)}>{children}</div>;
}

/** The foot: coverage or definition at the left, at most one link at the right. */
export function PanelFoot({ children, link }: { children: ReactNode; link?: ReactNode }) {
  return (
    <footer className="mt-auto flex flex-wrap items-center gap-3 border-border border-t px-4 py-2 text-muted-foreground text-note max-phone:px-3.5 max-phone:py-2.5">
      <div className="min-w-0">{children}</div>
      {link && <div className="link ml-auto">{link}</div>}
    </footer>
  );
}

/** A count in the header: "8 of 8", "top 10 of 214, 69.5% of spend". */
export function PanelCount({ children }: { children: ReactNode }) {
  return <span className="px-1 text-muted-foreground text-note max-phone:px-0">{children}</span>;
}
