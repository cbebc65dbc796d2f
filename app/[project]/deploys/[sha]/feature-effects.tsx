import Link from "next/link";
import { DataTable, type Sort } from "@/components/data-table/data-table";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import type { FeatureChange } from "@/lib/deploys/schema";
import { MIN_FEATURE_CALLS } from "@/lib/deploys/verdict";
import { formatCount } from "@/lib/format";
import { placesFor } from "../../panels/breakdown-columns";
import { choose, drillHref, here, there, type View } from "../../view";
import { comparisonMenu } from "./comparison-menu";
import { FEATURE_COLUMNS, FEATURE_ORDER, type FeatureView, featureCells } from "./feature-columns";
import { readDeploy, WINDOW_LABELS, windowOf } from "./read-deploy";

type Props = { scope: Scope; view: View };

const VIEWS = ["cost", "tokens", "failures"] as const satisfies readonly FeatureView[];
const VIEW_LABELS: Readonly<Record<FeatureView, string>> = {
  cost: "cost",
  tokens: "tokens a call",
  failures: "errors and retries",
};
const BY_EFFECT: Sort = { key: "effect", dir: "desc" };

function readSort(view: View): Sort {
  const text = view.params.get("order") ?? "";
  const key = text.replace(/^-/, "");
  return Object.hasOwn(FEATURE_ORDER, key) ? { key, dir: text.startsWith("-") ? "desc" : "asc" } : BY_EFFECT;
}

/** Each feature on both sides: which one did it. Cost, tokens by kind, or errors and retries. */
export function FeatureEffects({ scope, view }: Props) {
  const shown = choose(view, "show", VIEWS);
  return (
    <Panel
      title="By feature"
      question="Which feature did it?"
      height={330}
      menu={comparisonMenu(view)}
      right={
        <>
          <Count scope={scope} view={view} />
          <Segmented
            label="Figures"
            value={shown}
            options={VIEWS.map((value) => ({
              value,
              label: VIEW_LABELS[value],
              href: here(view, { show: value === "cost" ? null : value, order: null }),
            }))}
          />
        </>
      }
    >
      <Rows scope={scope} view={view} shown={shown} />
    </Panel>
  );
}

async function Count({ scope, view }: Props) {
  const change = await readDeploy(scope, view).catch(() => null);
  const count = change?.decomposition.features.length ?? 0;
  return count > 0 && <PanelCount>{`${formatCount(count)} of ${formatCount(count)}`}</PanelCount>;
}

async function Rows({ scope, view, shown }: Props & { shown: FeatureView }) {
  const change = await readDeploy(scope, view);
  if (!change) return <Empty title="No features">No call of this deploy is known.</Empty>;
  const { cause } = change;
  const sort = readSort(view);
  const value = FEATURE_ORDER[sort.key] ?? (() => 0);
  const sign = sort.dir === "desc" ? -1 : 1;
  const features = [...change.decomposition.features].sort((a, b) => sign * (value(a) - value(b)));
  const costs = features.flatMap(({ before, after }) => [before, after]).map((side) => side.costPerCallUsdPicos ?? 0n);
  const verdicts = new Map(change.verdict.features.map((one) => [one.feature, one]));
  const context = {
    places: placesFor(costs, 4),
    largest: Math.max(...features.map(({ effectUsdPicos }) => Math.abs(Number(effectUsdPicos)))),
  };
  return (
    <>
      <DataTable
        label="By feature"
        columns={FEATURE_COLUMNS[shown](WINDOW_LABELS[windowOf(view)])}
        rows={features.map((feature: FeatureChange) => ({
          key: feature.feature,
          href: drillHref({ ...view, own: null }, "feature", feature.feature),
          isSelected: feature.feature === cause?.feature,
          cells: featureCells(feature, { ...context, verdict: verdicts.get(feature.feature) }),
        }))}
        sort={sort}
        defaultSort={BY_EFFECT}
        sortParam="order"
        density={shown === "cost" ? "tall" : "default"}
      />
      <PanelFoot
        link={
          <Link href={there({ ...view, own: null }, "/deploys/bisect", { "filter.feature": cause?.feature ?? null })}>
            {cause ? "This feature over all deploys" : "Over all deploys"}
          </Link>
        }
      >
        {shown === "cost" &&
          `Same calls: what a first try and its retries cost against before, with the interval that covers it at 95% confidence; from ${MIN_FEATURE_CALLS} priced calls on each side.`}
        {shown === "failures" && "Shares of all attempts, retries among them; 429s are not among the errors."}
        {shown === "tokens" && "Means over all attempts, in tokens a call."}
      </PanelFoot>
    </>
  );
}
