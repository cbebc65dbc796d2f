import { Suspense } from "react";
import { roundToSum } from "@/components/charts/ledger-scale";
import { Empty } from "@/components/shell/empty";
import { PanelFrame } from "@/components/shell/panel";
import { PanelError } from "@/components/shell/panel-error";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import { PARTS } from "@/lib/deploys/schema";
import type { Verdict, VerdictWord } from "@/lib/deploys/verdict";
import { explainVerdict, formatShare, VERDICT_LABELS } from "@/lib/deploys/verdict-words";
import { formatPercent, formatUsd } from "@/lib/format";
import type { View } from "../../view";
import { evidenceOf, headlineOf } from "./cause-words";
import { CostAround } from "./cost-around";
import { type DeployChange, readDeploy, shortSha, WINDOW_LABELS, windowOf } from "./read-deploy";

type Props = { scope: Scope; view: View };

/** What the deploy did to the cost, in one figure and one sentence, with the cost per call around its first call. */
export function VerdictPanel({ scope, view }: Props) {
  return (
    <PanelFrame label="Verdict" span={8} className="min-h-[352px]">
      <PanelError>
        <Suspense fallback={<PanelSkeleton kind="bars" />}>
          <Judged scope={scope} view={view} />
        </Suspense>
      </PanelError>
    </PanelFrame>
  );
}

async function Judged({ scope, view }: Props) {
  const change = await readDeploy(scope, view);
  if (!change) {
    return (
      <Empty title="No calls of this deploy">
        No call with this deploy_sha has arrived, or the filters let none through.
      </Empty>
    );
  }
  const { verdict, spans } = change;
  const window = WINDOW_LABELS[windowOf(view)];
  return (
    <div className="flex flex-1 flex-wrap">
      <div className="min-w-[300px] flex-1 p-4">
        <Badge variant={toneOf(verdict)}>{VERDICT_LABELS[verdict.word]}</Badge>
        <p className="mt-2 flex flex-wrap items-baseline gap-x-2 font-semibold text-hero tracking-[-0.035em] max-phone:text-[34px]">
          <span className={verdict.word === "not_enough_calls" ? "text-muted-foreground" : undefined}>
            {heroOf(change)}
          </span>
          <span className="font-[450] text-[15px] text-text-2 leading-5 tracking-[-0.01em]">
            {spans.against === null ? "for the same calls" : `for the same calls, against ${shortSha(spans.against)}`},{" "}
            {meansOf(change)}
          </span>
        </p>
        <p className="mt-1.5 max-w-[68ch] text-text-2">
          <Sentence change={change} />
        </p>
        <p className="mt-1 max-w-[76ch] text-muted-foreground text-note">
          {explainVerdict(verdict)}
          {spans.against !== null && " Each deploy by its own calls, from its first call on."}
        </p>
        <div className="mt-3">
          <CostAround scope={scope} view={view} change={change} />
        </div>
      </div>
      <Stats change={change} window={window} />
    </div>
  );
}

const LOUD = 0.2;
const TONES: Readonly<Record<VerdictWord, "worse" | "better" | "default" | "outline">> = {
  dearer: "worse",
  cheaper: "better",
  as_before: "default",
  not_enough_calls: "outline",
};

function toneOf({ word, estimate }: Verdict) {
  return word === "dearer" && (estimate?.change ?? 0) >= LOUD ? "firing" : TONES[word];
}

function heroOf({ verdict: { estimate }, decomposition: { total } }: DeployChange): string {
  if (estimate) return formatShare(estimate.change);
  return total.before.calls === 0n && total.after.calls > 0n ? "new" : "unknown";
}

/** "$0.0071 to $0.0096 a call": all calls with a price, so that a shift between features is in it. */
function meansOf({ decomposition: { total } }: DeployChange): string {
  const mean = ({ calls, costPerCallUsdPicos: picos }: (typeof total)["before"]) =>
    picos === null ? (calls === 0n ? "no calls" : "unpriced") : formatUsd(picos);
  return `${mean(total.before)} to ${mean(total.after)} a call`;
}

function Sentence({ change: { decomposition, cause, verdict } }: { change: DeployChange }) {
  const of = decomposition.features.find(({ feature }) => feature === cause?.feature);
  if (verdict.failures.isMuchMore && verdict.word !== "dearer") {
    return "Calls fail that were answered before. What is left of them says little of the cost: look at the errors first.";
  }
  if (verdict.word === "not_enough_calls") return "It cannot be told yet whether calls became dearer or cheaper.";
  if (!cause || !of || verdict.word === "as_before") {
    return "Volume aside, the same calls cost what they cost before: nothing to look at.";
  }
  const noun = cause.amountUsdPicos > 0n ? "rise" : "fall";
  const share = cause.share > 1 ? `More than the whole ${noun}` : `${formatPercent(cause.share, 0)} of the ${noun}`;
  return (
    <>
      {share}, volume aside, is one thing:{" "}
      <strong className="break-words font-medium text-foreground">
        {cause.feature} {headlineOf(cause.part, cause.amountUsdPicos, of.after.cacheHit)}
      </strong>
      . {cause.why.replace(/^./, (first) => first.toUpperCase())}.
    </>
  );
}

const MONTH_HOURS = 730.5;
const CENT = 10_000_000_000n;

/** The effect in whole cents as the ledger below rounds its parts, so that they add up to it. */
function shownEffect({ decomposition: { total } }: DeployChange): bigint {
  const [, ...rounded] = roundToSum([total.before.costUsdPicos, ...PARTS.map((part) => total.parts[part])], CENT);
  return rounded.reduce((sum, amount, at) => (PARTS[at] === "volume" ? sum : sum + amount), 0n);
}

function Stats({ change, window }: { change: DeployChange; window: string }) {
  const { spans, decomposition, cause } = change;
  const { effectUsdPicos } = decomposition.total;
  const isKnown = change.verdict.word !== "not_enough_calls";
  const hours = (spans.after.to.getTime() - spans.after.from.getTime()) / 3_600_000;
  const monthly = BigInt(Math.round((Number(effectUsdPicos) * MONTH_HOURS) / hours));
  const of = decomposition.features.find(({ feature }) => feature === cause?.feature);
  const evidence = cause && of ? evidenceOf(cause.part, of) : null;
  const signed = (picos: bigint, places: number) => formatUsd(picos, { places, signed: true });
  return (
    <dl className="grid w-[210px] grid-rows-3 border-border border-l max-phone:w-full max-phone:grid-cols-3 max-phone:grid-rows-1 max-phone:border-t max-phone:border-l-0">
      <Stat
        name={effectUsdPicos < 0n ? "Saved" : "Extra spend"}
        value={signed(shownEffect(change), 2)}
        note={`first ${window}, volume aside`}
      />
      <Stat
        name="If it stays, a month"
        value={isKnown ? signed(monthly, 0) : "unknown"}
        note={isKnown ? "at this window's volume" : "too few calls to tell"}
      />
      {evidence && cause && (
        <Stat name={evidence[0]} value={`${evidence[1]} to ${evidence[2]}`} note={`${cause.feature}, ${window}`} />
      )}
    </dl>
  );
}

function Stat({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div className="flex min-w-0 flex-col justify-center border-border border-t px-4 py-2 first:border-t-0 max-phone:border-t-0 max-phone:border-l max-phone:px-2.5 max-phone:first:border-l-0">
      <dt className="text-note text-text-2">{name}</dt>
      <dd className="font-semibold text-[17px] leading-[22px] tracking-[-0.02em] max-phone:text-[14px]">{value}</dd>
      <dd className="line-clamp-2 break-words text-[11.5px] text-muted-foreground leading-[15px]" title={note}>
        {note}
      </dd>
    </div>
  );
}
