import Link from "next/link";
import { BarList } from "@/components/charts/bar-list";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { toPeriodParams } from "@/lib/period";
import type { Filter } from "@/lib/reports/schema";
import { sumOf } from "../../panels/stack";
import { summarize } from "../../panels/summarize";
import { drillHref, there, type View } from "../../view";
import { checksFor } from "./cause-words";
import { type DeployChange, readDeploy, shortSha, WINDOW_LABELS, windowOf } from "./read-deploy";
import { readPayers } from "./read-payers";

type Props = { scope: Scope; view: View };

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
  const isKnown = change.verdict.word !== "not_enough_calls";
  const [payers, count] = await Promise.all([
    isKnown ? readPayers(scope, view, change) : [],
    countCalls(scope, view, change),
  ]);
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
      <PanelFoot link={cause && <CauseLink view={view} change={change} />}>
        <Link className="link" href={there(view, "/calls", { ...calls, ...feature })}>
          See {count === 1n ? "the call" : `the ${formatCount(count)} calls`}
        </Link>
      </PanelFoot>
    </>
  );
}

/** To the page that knows more of the cause: the cache of the feature, else the feature itself. */
function CauseLink({ view, change: { cause, spans } }: { view: View; change: DeployChange }) {
  if (!cause) return null;
  const name = <span className="inline-block max-w-[180px] truncate align-bottom">{cause.feature}</span>;
  const elsewhere = { ...view, own: null };
  if (cause.part !== "cache") return <Link href={drillHref(elsewhere, "feature", cause.feature)}>{name}</Link>;
  const period = { period: null, compare: null, ...toPeriodParams({ from: spans.before.from, to: spans.after.to }) };
  const changes = spans.against === null ? period : {};
  return (
    <Link href={there(elsewhere, "/cache", { ...changes, "filter.feature": cause.feature })}>Cache of {name}</Link>
  );
}

function stepsOf(change: DeployChange): readonly string[] {
  const { isMuchMore, feature } = change.verdict.failures;
  if (!isMuchMore) return costSteps(change);
  const own = change.verdict.word === "dearer" ? costSteps(change) : backTo(change);
  return [
    `Look at why ${feature ?? "calls"} ${feature ? "fails" : "fail"}: below, errors and retries by feature.`,
    ...own,
  ];
}

/** Going back is advice for the deploy that serves; a later one may have repaired it. */
function backTo({ spans: { deployBefore, deployAfter } }: DeployChange): readonly string[] {
  if (deployAfter !== null) return [`${shortSha(deployAfter)} came after it: see there whether it is still so.`];
  return deployBefore === null ? [] : [`Roll back to ${shortSha(deployBefore)} if it has to stop now.`];
}

function costSteps(change: DeployChange): readonly string[] {
  const { cause, verdict } = change;
  if (verdict.word === "not_enough_calls") return ["Nothing yet: wait for more calls, or take a longer window."];
  if (!cause || verdict.word === "as_before") return ["Nothing: calls cost what they cost before."];
  if (cause.amountUsdPicos < 0n)
    return [`Nothing to repair. See on the calls of ${cause.feature} that answers are still whole.`];
  return [...checksFor(cause.part), ...backTo(change)];
}

/** Calls of the deploy itself, of the feature that changed, in the window after its first call. */
async function countCalls(scope: Scope, view: View, { spans, cause }: DeployChange): Promise<bigint> {
  const own: readonly Filter[] = cause ? [{ dimension: "feature", op: "is", values: [cause.feature] }] : [];
  const asked = { ...view, query: { ...view.query, filters: [...view.query.filters, ...own] } };
  return sumOf(await summarize(scope, asked, spans.after, null, ["calls"]), "calls");
}
