import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { Change } from "@/components/shell/change";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { MIN_DEPLOYS, MIN_STEP_CALLS } from "@/lib/deploys/bisect";
import { formatCount, formatMinute } from "@/lib/format";
import type { DeploySeries } from "@/lib/reports/deploy-steps";
import { entityPath, there, type View } from "../../view";
import { shortSha } from "../[sha]/read-deploy";
import { featuresOf } from "./metric-over-deploys";
import {
  changeOfLevels,
  type FoundStep,
  formatLevel,
  metricLabel,
  metricOfView,
  readSteps,
  stepsOf,
} from "./read-steps";

type Props = { scope: Scope; view: View };

/** The steps in words, the latest first: between which deploys, from what to what. */
export function FoundSteps({ scope, view }: Props) {
  return (
    <Panel title="Steps found" question="Between which two deploys it changed, and by how much" span={5} height={210}>
      <Steps scope={scope} view={view} />
    </Panel>
  );
}

async function Steps({ scope, view }: Props) {
  const series = await readSteps(scope, view);
  if (!series || series.points.length === 0) return <Empty title="No step found">No deploy has calls here.</Empty>;
  const steps = stepsOf(series);
  return (
    <>
      {steps.length === 0 ? (
        <NoStep series={series} view={view} />
      ) : (
        <ol className="divide-y divide-border px-4 max-phone:px-3.5">
          {steps.map((step) => (
            <Step key={step.first} step={step} view={view} />
          ))}
        </ol>
      )}
      <PanelFoot>
        A step is a change of a tenth and more that the noise between deploys does not explain; deploys under{" "}
        {MIN_STEP_CALLS} calls start none.
      </PanelFoot>
    </>
  );
}

function NoStep({ series: { points, segments, isTooShort }, view }: { series: DeploySeries; view: View }) {
  const metric = metricOfView(view);
  const name = metricLabel(metric).toLowerCase();
  const [level] = segments;
  if (isTooShort || !level) {
    return (
      <Empty title="Too few deploys to tell">
        {formatCount(points.length)} here; it takes {MIN_DEPLOYS} of {MIN_STEP_CALLS} calls and more. Choose a longer
        period.
      </Empty>
    );
  }
  return (
    <Empty title="No step found">
      Over {formatCount(points.length)} deploys the {name} of {featuresOf(view)} stays around{" "}
      {formatLevel(level, metric)}.
    </Empty>
  );
}

function Step({ step, view }: { step: FoundStep; view: View }) {
  const metric = metricOfView(view);
  const { path, id } = entityPath("/deploys", step.first);
  const sha = (deploy: string) => (
    <span className="mono" title={deploy}>
      {shortSha(deploy)}
    </span>
  );
  return (
    <li className="py-2.5">
      <Link
        className="link"
        href={there(view, path, { id, against: step.last })}
        aria-label={`Compare ${step.first} with ${step.last}`}
      >
        Between {sha(step.last)} and {sha(step.first)}
      </Link>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-text-2">
        {metricLabel(metric)} {formatLevel(step.before, metric)}
        <ArrowRight aria-label="to" className="size-[13px] text-muted-foreground" strokeWidth={1.75} />
        <span className="font-medium text-foreground">{formatLevel(step.after, metric)}</span>
        <Change
          change={changeOfLevels(step.after, step.before, metric)}
          meaning={metric === "cache_hit" ? "good" : "cost"}
        />
        <span className="text-muted-foreground text-note">first call {formatMinute(step.at)} UTC</span>
      </p>
    </li>
  );
}
