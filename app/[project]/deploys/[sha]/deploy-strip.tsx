import Link from "next/link";
import { Suspense } from "react";
import { maxOf } from "@/components/charts/ledger-scale";
import { Change } from "@/components/shell/change";
import { PanelFrame } from "@/components/shell/panel";
import { PanelError } from "@/components/shell/panel-error";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatDay, formatSha, formatUsd } from "@/lib/format";
import { listDeploys } from "@/lib/reports/read-deploys";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { sumOf } from "../../panels/stack";
import { exactOf } from "../../panels/summarize";
import { drillHref, type View } from "../../view";
import { isEnoughToCompare } from "../enough-calls";
import { NO_SHA } from "../no-sha";
import { otherFilters, readSpans } from "./read-deploy";

const SHOWN = 6;
const LOUD = 0.2;

type Props = { scope: Scope; view: View };

const FRAME = { label: "Neighbouring deploys", className: "min-h-[70px]" };

/** This deploy among its neighbours, each with its cost per call against the one before; nothing for one that nobody called. */
export function DeployStrip(props: Props) {
  return (
    <Suspense
      fallback={
        <PanelFrame {...FRAME}>
          <Skeleton className="m-3 h-11" />
        </PanelFrame>
      }
    >
      <Strip {...props} />
    </Suspense>
  );
}

async function Strip({ scope, view }: Props) {
  // What failed is said in the frame.
  const spans = await readSpans(scope, view).catch(() => undefined);
  if (spans === null) return null;
  return (
    <PanelFrame {...FRAME}>
      <PanelError>
        <Suspense fallback={<Skeleton className="m-3 h-11" />}>
          <Deploys scope={scope} view={view} />
        </Suspense>
      </PanelError>
    </PanelFrame>
  );
}

/** Up to six in a row with this one among them: the later ones where there are, else the earlier. */
function neighbours<T>(all: readonly T[], at: number): readonly T[] {
  const end = Math.min(all.length, Math.max(at + 2, SHOWN));
  return all.slice(Math.max(0, end - SHOWN), end);
}

async function Deploys({ scope, view }: Props) {
  const filters = otherFilters(view);
  const sha = view.own?.values[0] ?? "";
  const all = await listDeploys(scope, filters);
  const shown = neighbours(
    all,
    Math.max(
      0,
      all.findIndex(({ deploy }) => deploy === sha),
    ),
  );
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return <p className="px-4 py-3 text-text-2">No deploy is known yet.</p>;
  const to = new Date(Math.max(...shown.map(({ lastSeenAt }) => lastSeenAt.getTime())) + 1);
  const { rows } = await runReport(scope, "deploys", {
    ...view.query,
    period: { from: first.firstSeenAt, to },
    filters,
    sort: null,
    limit: 100_000,
  });
  const bySha = new Map(rows.map((row) => [String(row.deploy), row]));
  const largest = maxOf(shown.map(({ deploy }) => sumOf(bySha.get(deploy) ?? {}, "cost_per_call")));
  return (
    <nav aria-label="Neighbouring deploys" className="grid auto-cols-fr grid-flow-col overflow-x-auto">
      {shown.map(({ deploy, firstSeenAt }, at) => (
        <Step
          key={deploy}
          sha={deploy}
          at={firstSeenAt}
          row={bySha.get(deploy) ?? {}}
          largest={largest}
          isCurrent={deploy === sha}
          isNear={Math.abs(at - shown.findIndex((one) => one.deploy === sha)) <= 1}
          href={drillHref({ ...view, own: null }, "deploy", deploy)}
        />
      ))}
    </nav>
  );
}

type StepProps = {
  sha: string;
  at: Date;
  row: Row;
  largest: bigint;
  isCurrent: boolean /** Shown on a phone too. */;
  isNear: boolean;
  href: string;
};

function Step({ sha, at, row, largest, isCurrent, isNear, href }: StepProps) {
  const cost = exactOf(row, "cost_per_call");
  const before = exactOf(row, "compare_cost_per_call");
  const isTold = isEnoughToCompare(row);
  const isDearer = isTold && cost !== null && before !== null && Number(cost - before) >= LOUD * Number(before);
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "grid grid-cols-[minmax(0,1fr)_auto] gap-x-1.5 gap-y-0.5 border-border border-l px-3.5 py-[9px] first:border-l-0 hover:bg-inset aria-[current=page]:bg-inset aria-[current=page]:shadow-[inset_0_-2px_0_var(--foreground)]",
        "max-phone:px-2.5",
        !isNear && "max-phone:hidden",
      )}
    >
      <span className="mono truncate max-phone:col-span-2" title={sha}>
        {sha === NO_SHA ? <span className="font-sans text-muted-foreground">no deploy_sha</span> : formatSha(sha)}
      </span>
      <span className="text-muted-foreground text-note max-phone:col-span-2 max-phone:row-start-2">
        {formatDay(at)}
      </span>
      <span aria-hidden className="col-span-2 my-[3px] h-1 rounded-[1px] bg-inset">
        <span
          className="block h-1 rounded-[1px]"
          style={{
            width: `${largest > 0n ? (Number(cost ?? 0n) / Number(largest)) * 100 : 0}%`,
            background: isDearer ? "var(--worse-fill)" : "var(--chart-other)",
          }}
        />
      </span>
      <span className="col-span-2 flex flex-wrap justify-between gap-x-1.5 text-note">
        <span>{cost === null ? "none" : formatUsd(cost)}</span>
        {before !== null && cost !== null && !isTold ? (
          <span className="text-muted-foreground">few calls</span>
        ) : before !== null && cost !== null ? (
          <Change change={formatChange(cost, before)} />
        ) : (
          <span className="text-muted-foreground">cost/call</span>
        )}
      </span>
    </Link>
  );
}
