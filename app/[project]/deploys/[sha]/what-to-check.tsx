import Link from "next/link";
import { BarList } from "@/components/charts/bar-list";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatSha, formatUsd } from "@/lib/format";
import { toPeriodParams } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { Filter } from "@/lib/reports/schema";
import { sumOf } from "../../panels/stack";
import { exactOf, summarize } from "../../panels/summarize";
import { drillHref, there, type View } from "../../view";
import { type DeployChange, otherFilters, readDeploy, WINDOW_LABELS, windowOf } from "./read-deploy";
import { checksFor, verdictOf } from "./verdict";

type Props = { scope: Scope; view: View };
const PAYERS = 3;

/** Where to look, who pays for it, and the way to the calls themselves. */
export function WhatToCheck({ scope, view }: Props) {
  return (
    <Panel title="What to check" span={4} height={312}>
      <Checks scope={scope} view={view} />
    </Panel>
  );
}

async function Checks({ scope, view }: Props) {
  const change = await readDeploy(scope, view);
  if (!change)
    return <PanelBody className="text-text-2">Nothing, until a call with this deploy_sha arrives.</PanelBody>;
  const { cause, spans } = change;
  const [payers, count] = await Promise.all([readPayers(scope, view, change), countCalls(scope, view, change)]);
  const isDearer = (cause?.amountUsdPicos ?? 0n) > 0n;
  const calls = { period: null, compare: null, ...toPeriodParams(spans.after) };
  const feature: Record<string, string> = cause ? { "filter.feature": cause.feature } : {};
  return (
    <>
      <PanelBody>
        <ol className="grid gap-2.5">
          {stepsOf(change).map((step, at) => (
            <li key={step} className="grid grid-cols-[18px_1fr] gap-1 text-text-2 leading-[18px]">
              <span className="font-medium text-muted-foreground">{at + 1}</span>
              <span>{step}</span>
            </li>
          ))}
        </ol>
        {payers.length > 0 && (
          <div className="mt-3 border-border border-t pt-2.5">
            <p className="text-note text-text-2">
              {isDearer ? "Who pays most of it" : "Who gains most of it"}, {WINDOW_LABELS[windowOf(view)]}, volume aside
            </p>
            <BarList label="Tenants" rows={payers} />
          </div>
        )}
      </PanelBody>
      <PanelFoot
        link={cause && <Link href={drillHref({ ...view, own: null }, "feature", cause.feature)}>{cause.feature}</Link>}
      >
        <Link className="link" href={there(view, "/calls", { ...calls, ...feature })}>
          See {count === 1n ? "the call" : `the ${formatCount(count)} calls`}
        </Link>
      </PanelFoot>
    </>
  );
}

function stepsOf({ cause, decomposition, spans }: DeployChange): readonly string[] {
  const { word } = verdictOf(decomposition.total);
  if (!cause || word === "As before" || word === "Nothing before")
    return ["Nothing: calls cost what they cost before."];
  if (cause.amountUsdPicos < 0n)
    return [`Nothing to repair. See on the calls of ${cause.feature} that answers are still whole.`];
  const back =
    spans.deployBefore === null ? [] : [`Roll back to ${formatSha(spans.deployBefore)} if it has to stop now.`];
  return [...checksFor(cause.part), ...back];
}

/** Calls of the deploy itself, of the feature that changed, in the window after its first call. */
async function countCalls(scope: Scope, view: View, { spans, cause }: DeployChange): Promise<bigint> {
  const own: readonly Filter[] = cause ? [{ dimension: "feature", op: "is", values: [cause.feature] }] : [];
  const asked = { ...view, query: { ...view.query, filters: [...view.query.filters, ...own] } };
  return sumOf(await summarize(scope, asked, spans.after, null, ["calls"]), "calls");
}

/** What each tenant's calls cost more than the same number did before, largest first, in the direction of the change. */
async function readPayers(scope: Scope, view: View, { spans, cause }: DeployChange) {
  if (!cause) return [];
  const { rows } = await runReport(scope, "usage-summary", {
    ...view.query,
    period: spans.after,
    compare: spans.before,
    filters: [...otherFilters(view), { dimension: "feature", op: "is", values: [cause.feature] }],
    groupBy: ["tenant"],
    measures: ["cost", "calls"],
    bucket: null,
    sort: null,
    limit: 100_000,
  });
  const sign = cause.amountUsdPicos > 0n ? 1n : -1n;
  return rows
    .flatMap((row) => {
      const [cost, calls] = [exactOf(row, "compare_cost"), exactOf(row, "compare_calls")];
      if (cost === null || !calls) return [];
      return [{ tenant: String(row.tenant), extra: sumOf(row, "cost") - (cost * sumOf(row, "calls")) / calls }];
    })
    .filter(({ extra }) => extra * sign > 0n)
    .sort((a, b) => Number((b.extra - a.extra) * sign))
    .slice(0, PAYERS)
    .map(({ tenant, extra }) => ({
      key: tenant,
      name: tenant,
      size: Number(extra) / 1e12,
      value: formatUsd(extra, { places: 2, signed: true }),
      tone: "difference" as const,
      href: drillHref({ ...view, own: null }, "tenant", tenant),
    }));
}
