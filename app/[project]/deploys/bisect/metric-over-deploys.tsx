import { Panel, PanelBody, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { STEP_METRICS } from "@/lib/deploys/bisect";
import { formatCount } from "@/lib/format";
import { STEP_METRIC_CATALOGUE } from "@/lib/reports/deploy-steps";
import { NoCalls } from "../../panels/no-calls";
import { drillHref, exportMenu, here, shortName, type View } from "../../view";
import { metricLabel, metricOfView, readSteps } from "./read-steps";
import { StepPlot } from "./step-plot";

type Props = { scope: Scope; view: View };

/** The metric of each deploy in order of first call, the levels between steps, and the steps. */
export function MetricOverDeploys({ scope, view }: Props) {
  const metric = metricOfView(view);
  return (
    <Panel
      title={metricLabel(metric)}
      question={`By deploy in order of first call, ${featuresOf(view)}`}
      height={318}
      skeleton={<PanelSkeleton kind="bars" />}
      menu={exportMenu(view, "deploy-steps", { metric })}
      right={<Count scope={scope} view={view} />}
      toolbar={
        <div className="max-w-full overflow-x-auto px-4 pt-2 max-phone:px-3.5" data-print="hide">
          <Segmented
            label="Metric"
            value={metric}
            options={STEP_METRICS.map((value) => ({
              value,
              label: metricLabel(value),
              href: here(view, { metric: value === "cost_per_call" ? null : value }),
            }))}
          />
        </div>
      }
    >
      <Plot scope={scope} view={view} />
    </Panel>
  );
}

/** "support-reply", "3 features", "all features". */
export function featuresOf({ query }: View): string {
  const chosen = query.filters.find(({ dimension, op }) => dimension === "feature" && op === "is");
  if (!chosen) return "all features";
  return chosen.values.length === 1
    ? shortName(chosen.values[0] ?? "")
    : `${formatCount(chosen.values.length)} features`;
}

async function Count({ scope, view }: Props) {
  const series = await readSteps(scope, view).catch(() => null);
  if (!series) return null;
  const steps = Math.max(0, series.segments.length - 1);
  return (
    <PanelCount>{`${formatCount(series.points.length)} deploys, ${steps === 0 ? "no step" : steps === 1 ? "1 step" : `${formatCount(steps)} steps`}`}</PanelCount>
  );
}

async function Plot({ scope, view }: Props) {
  const series = await readSteps(scope, view);
  if (!series || series.points.length === 0) return <NoCalls view={view} />;
  const metric = metricOfView(view);
  const { isOfFirstTries } = STEP_METRIC_CATALOGUE[metric];
  return (
    <>
      <PanelBody>
        <StepPlot
          series={series}
          metric={metric}
          label={`${metricLabel(metric)} by deploy, ${featuresOf(view)}`}
          hrefs={series.points.map(({ deploy }) => drillHref(view, "deploy", deploy))}
        />
      </PanelBody>
      <PanelFoot>
        {isOfFirstTries ? "First tries only, and those that failed are in no mean a call" : "All attempts"}, within the
        period; a larger dot is a deploy of more calls.
        {featuresOf(view) === "all features" &&
          " A shift between features moves these figures too: choose a feature to leave it out."}
      </PanelFoot>
    </>
  );
}
