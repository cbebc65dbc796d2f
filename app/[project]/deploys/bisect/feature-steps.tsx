import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { Panel, PanelCount } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatSha } from "@/lib/format";
import type { DeploySeries } from "@/lib/reports/deploy-steps";
import { NoCalls } from "../../panels/no-calls";
import { here, type View } from "../../view";
import { changeOfLevels, formatLevel, metricLabel, metricOfView, readFeatureSteps, stepsOf } from "./read-steps";

type Props = { scope: Scope; view: View };

const SHOWN = 50;
const callsOf = ({ points }: DeploySeries) => points.reduce((sum, { calls }) => sum + calls, 0n);

/** Each feature by itself: which of them stepped. A row chooses the feature. */
export function FeatureSteps({ scope, view }: Props) {
  return (
    <Panel
      title="By feature"
      question="Which features stepped, and at which deploys?"
      span={7}
      height={210}
      skeleton={<PanelSkeleton rows={6} />}
      right={<Count scope={scope} view={view} />}
    >
      <Rows scope={scope} view={view} />
    </Panel>
  );
}

async function Count({ scope, view }: Props) {
  const series = await readFeatureSteps(scope, view).catch(() => []);
  if (series.length === 0) return null;
  const stepped = series.filter(({ segments }) => segments.length > 1).length;
  return <PanelCount>{`${formatCount(stepped)} of ${formatCount(series.length)} stepped`}</PanelCount>;
}

async function Rows({ scope, view }: Props) {
  const series = await readFeatureSteps(scope, view);
  if (series.length === 0) return <NoCalls view={view} />;
  const sorted = [...series].sort((a, b) => b.segments.length - a.segments.length || Number(callsOf(b) - callsOf(a)));
  return (
    <DataTable
      label="Steps by feature"
      columns={columnsOf(metricLabel(metricOfView(view)))}
      rows={sorted.slice(0, SHOWN).map((one) => toRow(one, view))}
      sort={null}
    />
  );
}

const columnsOf = (metric: string): readonly DataColumn[] => [
  { key: "feature", label: "Feature", align: "left" },
  { key: "calls", label: "Calls", onPhone: false },
  { key: "first", label: `${metric}, first`, isMuted: true, onPhone: false },
  { key: "last", label: "last", phoneLabel: "Last level" },
  { key: "change", label: "Change" },
  { key: "steps", label: "Steps at", align: "left", onPhone: false },
];

function toRow(series: DeploySeries, view: View): DataRow {
  const metric = metricOfView(view);
  const feature = series.feature ?? "";
  const [first, last] = [series.segments[0], series.segments.at(-1)];
  const steps = stepsOf(series);
  const chosen = view.params.getAll("filter.feature");
  return {
    key: feature,
    href: here(view, { "filter.feature": feature }),
    keepsScroll: true,
    isSelected: chosen.length === 1 && chosen[0] === feature,
    cells: {
      feature: (
        <span className="block max-w-[220px] truncate max-phone:max-w-[120px]" title={feature}>
          {feature}
        </span>
      ),
      calls: formatCount(callsOf(series)),
      first: first ? formatLevel(first, metric) : <Muted>none</Muted>,
      last: last ? <span className="font-medium">{formatLevel(last, metric)}</span> : <Muted>none</Muted>,
      change:
        first && last && steps.length > 0 ? (
          <Change change={changeOfLevels(last, first, metric)} meaning={metric === "cache_hit" ? "good" : "cost"} />
        ) : (
          <Muted>no step</Muted>
        ),
      steps: series.isTooShort ? (
        <Muted>too few deploys</Muted>
      ) : steps.length === 0 ? (
        <Muted>none found</Muted>
      ) : (
        <span className="mono block max-w-[260px] truncate">
          {steps
            .map(({ first }) => formatSha(first))
            .reverse()
            .join(", ")}
        </span>
      ),
    },
  };
}
