import { ChartWithLegend } from "@/components/charts/chart-with-legend";
import { LegendTable } from "@/components/charts/legend-table";
import { prepareSeries } from "@/components/charts/prepare-series";
import { colorOf } from "@/components/charts/series-color";
import { TimeSeries } from "@/components/charts/time-series";
import { BucketSelect } from "@/components/filters/bucket-select";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatCount } from "@/lib/format";
import { type Bucket, defaultBucket, listBuckets } from "@/lib/period";
import { deployMarks } from "../panels/deploy-marks";
import { entityColors } from "../panels/entity-colors";
import { NoCalls } from "../panels/no-calls";
import { choose, compareName, drillHref, duringEach, exportHref, here, type View } from "../view";
import { type InputPerCallFigures, meanInput, meanInputBefore, readInputPerCall, toLines } from "./read-input-per-call";

const LINES = 8;

/**
 * Input tokens per call of every feature as lines, with the deploys above: what moves before the bill does. In tokens, or
 * each against its own mean before, where features of every size can be seen to drift.
 */
export function InputPerCall({ scope, view }: { scope: Scope; view: View }) {
  const suggested = defaultBucket(view.query.period);
  const bucket = view.query.bucket ?? suggested;
  const scale = choose(view, "scale", ["drift", "tokens"]);
  return (
    <Panel
      title="Input tokens per call"
      question={
        scale === "drift"
          ? `Does a prompt grow? Mean per call, ${compareName(view) ?? "the period's own mean"} = 100%`
          : "Does a prompt grow? Mean per call, cached and fresh"
      }
      height={382}
      skeleton={<PanelSkeleton kind="bars" />}
      menu={{ csvHref: exportHref(view, "input-tokens-per-call", { bucket }) }}
      right={
        <>
          <Segmented
            label="Scale"
            value={scale}
            options={[
              { value: "drift", label: "drift", href: here(view, { scale: null }) },
              { value: "tokens", label: "tokens", href: here(view, { scale: "tokens" }) },
            ]}
          />
          <BucketSelect value={bucket} suggested={suggested} />
        </>
      }
    >
      <Lines scope={scope} view={view} bucket={bucket} isRelative={scale === "drift"} />
    </Panel>
  );
}

type LinesProps = { scope: Scope; view: View; bucket: Bucket; isRelative: boolean };

async function Lines({ scope, view, bucket, isRelative }: LinesProps) {
  const [figures, deploys] = await Promise.all([
    readInputPerCall(scope, view, bucket, LINES),
    deployMarks(scope, view),
  ]);
  const { series, features } = figures;
  if (series.rows.length === 0) return <NoCalls view={view} />;
  const names = features.map((row) => String(row.feature));
  const colors = await entityColors(scope, "feature", names, view.now);
  const bases = new Map(features.map((row) => [String(row.feature), meanInputBefore(row) ?? meanInput(row) ?? 0]));
  const buckets = listBuckets(view.query.period, bucket);
  const prepared = prepareSeries({
    rows: toLines(series, isRelative ? bases : undefined),
    buckets,
    bucket,
    now: view.now,
    keys: names,
  });
  const chart = (
    <TimeSeries
      series={prepared}
      kind="lines"
      unit={isRelative ? "ratio" : "count"}
      colors={colors}
      label={`Input tokens per call by feature${isRelative ? ", against the mean before" : ""}`}
      deploys={deploys}
      hrefs={duringEach(view, buckets, bucket)}
    />
  );
  const legend = (
    <LegendTable
      heading="Feature"
      valueHeading="Tokens/call"
      rows={features.map((row, at) => {
        const name = names[at] ?? "";
        const mean = meanInput(row);
        return {
          key: name,
          name,
          color: colorOf(colors, name),
          value: mean === null ? "none" : formatCount(mean),
          change: view.query.compare && mean !== null ? formatChange(mean, meanInputBefore(row)) : null,
          href: drillHref(view, "feature", name),
        };
      })}
    />
  );
  return (
    <>
      <ChartWithLegend chart={chart} legend={legend} />
      <PanelFoot>{footOf(figures)}</PanelFoot>
    </>
  );
}

function footOf({ features, featureCount }: InputPerCallFigures): string {
  const shown = features.length < featureCount ? `The ${features.length} dearest of ${featureCount} features. ` : "";
  return `${shown}Fresh input, cache writes and reads together, divided by calls. A gap is a time without calls.`;
}
