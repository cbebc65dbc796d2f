import Link from "next/link";
import type { ReactNode } from "react";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import { formatCompact, formatCount, formatPercent, formatUsd } from "@/lib/format";
import { countDroppedCalls } from "@/lib/reports/dropped-calls";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { exportMenu, inboxHref, sourcesHref, unpricedHref, type View } from "../view";
import { NoCalls } from "./no-calls";
import { sumOf } from "./stack";

const ROWS = 3;
const MEASURES = [
  "unpriced_calls",
  "unpriced_tokens",
  "estimated_calls",
  "estimated_cost",
  "tokens",
  "errors",
  "rate_limited",
] as const;
const LINE =
  "relative grid grid-cols-[74px_1fr] gap-x-3 border-border border-b px-4 py-2.5 last:border-b-0 has-[a]:hover:bg-inset";

/** What the totals leave out or guess: models without a price, each with its calls, and estimated calls. */
export function Coverage({ scope, view, span = 4 }: { scope: Scope; view: View; span?: 4 | 8 }) {
  const csv = { group: "model", measures: MEASURES.join(","), sort: "-unpriced_calls" };
  return (
    <Panel
      title="Coverage"
      question="What do these totals leave out?"
      span={span}
      height={290}
      menu={exportMenu(view, "usage-summary", csv)}
    >
      <Lines scope={scope} view={view} />
    </Panel>
  );
}

async function Lines({ scope, view }: { scope: Scope; view: View }) {
  const { period, filters } = view.query;
  const [{ rows, totals, coverage }, dropped] = await Promise.all([
    runReport(scope, "usage-summary", {
      ...view.query,
      groupBy: ["model"],
      measures: MEASURES,
      compare: null,
      bucket: null,
      sort: { key: "unpriced_calls", dir: "desc" },
    }),
    countDroppedCalls(scope, period, filters),
  ]);
  if (coverage.calls === 0n && coverage.unpricedCalls === 0n) return <NoCalls view={view} />;
  const unpriced = rows.filter((row) => sumOf(row, "unpriced_calls") > 0n);
  const failed = sumOf(totals, "errors") + sumOf(totals, "rate_limited");
  const exact = coverage.calls - coverage.unpricedCalls - coverage.estimatedCalls;
  return (
    <>
      <ul className="pt-1">
        {unpriced.slice(0, ROWS).map((row) => (
          <Unpriced key={String(row.model)} row={row} view={view} />
        ))}
        {dropped !== null && dropped > 0n && (
          <Line
            badge={<Badge variant="outline">Dropped</Badge>}
            title={calls(dropped)}
            href={sourcesHref(view, period)}
          >
            never arrived: clients could not deliver them, for whichever tenant
          </Line>
        )}
        {coverage.estimatedCalls > 0n && (
          <Line badge={<Badge variant="warn">Estimated</Badge>} title={calls(coverage.estimatedCalls)}>
            {formatUsd(coverage.estimatedCostUsdPicos)} of the total: the provider said too little to be exact
          </Line>
        )}
        {failed > 0n && (
          <Line badge={<Badge>Failed</Badge>} title={calls(failed)}>
            errors and 429: counted as calls, billed only where tokens were
          </Line>
        )}
        <Line badge={<Badge>Exact</Badge>} title={calls(exact)}>
          priced from the provider's own counts, to the picodollar
        </Line>
      </ul>
      <PanelFoot
        link={
          unpriced.length > 0 && (
            <Link href={inboxHref(view)}>
              {unpriced.length > ROWS ? `All ${unpriced.length} unpriced models` : "Why, and what to do"}
            </Link>
          )
        }
      >
        {share(coverage.tokens - coverage.unpricedTokens, coverage.tokens)} of {formatCompact(sumOf(totals, "tokens"))}{" "}
        tokens priced
      </PanelFoot>
    </>
  );
}

type LineProps = { badge: ReactNode; title: string; href?: string; children: ReactNode };

function Line({ badge, title, href, children }: LineProps) {
  return (
    <li className={LINE}>
      {badge}
      <div>
        <p className="font-medium">
          {href ? (
            <Link href={href} className="after:absolute after:inset-0">
              {title}
            </Link>
          ) : (
            title
          )}
        </p>
        <p className="text-note text-text-2">{children}</p>
      </div>
    </li>
  );
}

function Unpriced({ row, view }: { row: Row; view: View }) {
  const model = String(row.model);
  const href = unpricedHref(view, { "filter.model": model });
  return (
    <li className={LINE}>
      <Badge variant="outline">Unpriced</Badge>
      <div className="min-w-0">
        <p className="mono truncate font-medium" title={model}>
          <Link href={href} className="after:absolute after:inset-0">
            {model}
          </Link>
        </p>
        <p className="text-note text-text-2">
          {calls(sumOf(row, "unpriced_calls"))}, {formatCompact(sumOf(row, "unpriced_tokens"))} tokens, no price known
        </p>
      </div>
    </li>
  );
}

const calls = (count: bigint) => (count === 1n ? "1 call" : `${formatCount(count)} calls`);

/** Rounded down: while one token is missing it never reads 100 %. */
function share(part: bigint, whole: bigint): string {
  return whole === 0n ? "None" : formatPercent(Number((part * 10_000n) / whole) / 10_000, 2);
}
