import { type DataColumn, type DataRow, DataTable, type Sort } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import { explainFeature } from "@/lib/deploys/explain";
import { type FeatureChange, PART_LABELS } from "@/lib/deploys/schema";
import { formatChange, formatCount, formatPercent, formatUsd } from "@/lib/format";
import { placesFor } from "../../panels/breakdown-columns";
import { drillHref, exportHref, type View } from "../../view";
import { readDeploy, WINDOW_LABELS, windowOf } from "./read-deploy";

type Props = { scope: Scope; view: View };

/** What each column sorts by. */
const ORDER: Readonly<Record<string, (feature: FeatureChange) => number>> = {
  calls: ({ after }) => Number(after.calls),
  before: ({ before }) => Number(before.costPerCallUsdPicos ?? -1n),
  after: ({ after }) => Number(after.costPerCallUsdPicos ?? -1n),
  change: ({ before, after }) => Number(after.costPerCallUsdPicos ?? 0n) / Number(before.costPerCallUsdPicos || 1n),
  effect: ({ effectUsdPicos }) => Math.abs(Number(effectUsdPicos)),
  hit_before: ({ before }) => before.cacheHit ?? -1,
  hit: ({ after }) => after.cacheHit ?? -1,
  input: ({ after }) => after.inputTokensPerCall ?? -1,
};
const BY_EFFECT: Sort = { key: "effect", dir: "desc" };

function readSort(view: View): Sort {
  const text = view.params.get("order") ?? "";
  const key = text.replace(/^-/, "");
  return Object.hasOwn(ORDER, key) ? { key, dir: text.startsWith("-") ? "desc" : "asc" } : BY_EFFECT;
}

/** Each feature before and after the deploy: which one did it. */
export function FeatureEffects({ scope, view }: Props) {
  const menu = { csvHref: exportHref(view, "deploy-comparison", { window: windowOf(view) }) };
  return (
    <Panel
      title="By feature"
      question="Which feature did it?"
      height={330}
      menu={menu}
      right={<Count scope={scope} view={view} />}
    >
      <Rows scope={scope} view={view} />
    </Panel>
  );
}

async function Count({ scope, view }: Props) {
  const change = await readDeploy(scope, view).catch(() => null);
  const count = change?.decomposition.features.length ?? 0;
  return count > 0 && <PanelCount>{`${count} of ${count}`}</PanelCount>;
}

async function Rows({ scope, view }: Props) {
  const change = await readDeploy(scope, view);
  if (!change) return <Empty title="No features">No call of this deploy is known.</Empty>;
  const sort = readSort(view);
  const value = ORDER[sort.key] ?? (() => 0);
  const sign = sort.dir === "desc" ? -1 : 1;
  const features = [...change.decomposition.features].sort((a, b) => sign * (value(a) - value(b)));
  const costs = features.flatMap(({ before, after }) => [before, after]).map((side) => side.costPerCallUsdPicos ?? 0n);
  const context = {
    view,
    places: placesFor(costs, 4),
    largest: Math.max(...features.map(({ effectUsdPicos }) => Math.abs(Number(effectUsdPicos)))),
    main: change.cause?.feature,
  };
  return (
    <DataTable
      label="By feature"
      columns={columnsOf(WINDOW_LABELS[windowOf(view)])}
      rows={features.map((feature) => toRow(feature, context))}
      sort={sort}
      defaultSort={BY_EFFECT}
      sortParam="order"
    />
  );
}

const columnsOf = (window: string): readonly DataColumn[] => [
  { key: "feature", label: "Feature", align: "left" },
  { key: "calls", label: "Calls after", sortKey: "calls", onPhone: false },
  { key: "before", label: "Cost/call before", sortKey: "before", isMuted: true, onPhone: false },
  { key: "after", label: "after", sortKey: "after", onPhone: false },
  { key: "change", label: "Change", sortKey: "change" },
  { key: "effect", label: `Effect in ${window}`, sortKey: "effect", width: 150 },
  { key: "part", label: "Largest part", align: "left", onPhone: false },
  { key: "hit_before", label: "Cache hit before", sortKey: "hit_before", isMuted: true, onPhone: false },
  { key: "hit", label: "after", sortKey: "hit", onPhone: false },
  { key: "input", label: "Input tokens/call", sortKey: "input", onPhone: false },
];

type Context = Readonly<{ view: View; places: number; largest: number; main: string | undefined }>;

const LOST = 0.2;
const SMALL = 10_000_000_000n;

function toRow(feature: FeatureChange, { view, places, largest, main }: Context): DataRow {
  const { before, after, effectUsdPicos } = feature;
  const none = <Muted>none</Muted>;
  const usd = (picos: bigint | null) => (picos === null ? none : formatUsd(picos, { places }));
  const hit = (value: number | null) => (value === null || value === 0 ? none : formatPercent(value));
  const isLost = (before.cacheHit ?? 0) >= LOST && after.cacheHit !== null && after.cacheHit < LOST;
  const cause = explainFeature(feature);
  const amount = cause?.amountUsdPicos ?? 0n;
  const isSmall = amount < SMALL && amount > -SMALL;
  return {
    key: feature.feature,
    href: drillHref({ ...view, own: null }, "feature", feature.feature),
    isSelected: feature.feature === main,
    cells: {
      feature: (
        <span className="block max-w-[260px] truncate max-phone:max-w-[104px]" title={feature.feature}>
          {feature.feature}
        </span>
      ),
      calls: after.calls === 0n ? none : formatCount(after.calls),
      before: usd(before.costPerCallUsdPicos),
      after: <span className="font-medium">{usd(after.costPerCallUsdPicos)}</span>,
      change:
        after.costPerCallUsdPicos === null ? (
          none
        ) : (
          <Change change={formatChange(after.costPerCallUsdPicos, before.costPerCallUsdPicos)} />
        ),
      effect: (
        <MoneyCell
          picos={effectUsdPicos}
          places={2}
          signed
          share={largest > 0 ? Math.abs(Number(effectUsdPicos)) / largest : 0}
          color={effectUsdPicos > 0n ? "var(--worse-fill)" : "var(--better-fill)"}
        />
      ),
      part:
        cause && !isSmall ? (
          <span title={cause.why}>
            {PART_LABELS[cause.part].toLowerCase()} {formatUsd(amount, { places: 2, signed: true })}
          </span>
        ) : (
          <Muted>no part above $0.01</Muted>
        ),
      hit_before: hit(before.cacheHit),
      hit: isLost ? <Badge variant="worse">{formatPercent(after.cacheHit ?? 0)}</Badge> : hit(after.cacheHit),
      input: after.inputTokensPerCall === null ? none : formatCount(after.inputTokensPerCall),
    },
  };
}
