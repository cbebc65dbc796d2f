import type { ReactNode } from "react";
import type { DataColumn } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { Badge } from "@/components/ui/badge";
import { explainFeature } from "@/lib/deploys/explain";
import { type CostKind, type FeatureChange, PART_LABELS, type UsageSide } from "@/lib/deploys/schema";
import type { FeatureVerdict } from "@/lib/deploys/verdict";
import { formatShare } from "@/lib/deploys/verdict-words";
import { formatChange, formatCount, formatPercent, formatUsd } from "@/lib/format";

export type FeatureView = "cost" | "tokens" | "failures";

/** What each column sorts by. */
export const FEATURE_ORDER: Readonly<Record<string, (feature: FeatureChange) => number>> = {
  calls: ({ after }) => Number(after.calls),
  before: ({ before }) => Number(before.costPerCallUsdPicos ?? -1n),
  after: ({ after }) => Number(after.costPerCallUsdPicos ?? -1n),
  effect: ({ effectUsdPicos }) => Math.abs(Number(effectUsdPicos)),
  hit_before: ({ before }) => before.cacheHit ?? -1,
  hit: ({ after }) => after.cacheHit ?? -1,
  input: ({ after }) => after.inputTokensPerCall ?? -1,
  errors: ({ after }) => rate(after.errors, after) ?? -1,
  limited: ({ after }) => rate(after.rateLimited, after) ?? -1,
  retries: ({ after }) => rate(after.retries, after) ?? -1,
};

const FEATURE: DataColumn = { key: "feature", label: "Feature", align: "left" };
const CALLS: readonly DataColumn[] = [
  { key: "calls_before", label: "Calls before", isMuted: true, onPhone: false },
  { key: "calls", label: "after", sortKey: "calls", onPhone: false },
];
const pair = (key: string, label: string, sortKey?: string, onPhone = false): readonly DataColumn[] => [
  { key: `${key}_before`, label: `${label} before`, isMuted: true, onPhone },
  { key, label: "after", onPhone, ...(sortKey && { sortKey }) },
];

/** The columns of each view; `window` is how long: "48 h". */
export const FEATURE_COLUMNS: Readonly<Record<FeatureView, (window: string) => readonly DataColumn[]>> = {
  cost: (window) => [
    FEATURE,
    ...CALLS,
    { key: "before", label: "Cost/call before", sortKey: "before", isMuted: true, onPhone: false },
    { key: "after", label: "after", sortKey: "after", onPhone: false },
    { key: "change", label: "Same calls" },
    { key: "effect", label: `Effect in ${window}`, sortKey: "effect", width: 140 },
    { key: "part", label: "Largest part", align: "left", onPhone: false },
    { key: "hit_before", label: "Cache hit before", sortKey: "hit_before", isMuted: true, onPhone: false },
    { key: "hit", label: "after", sortKey: "hit", onPhone: false },
  ],
  tokens: () => [
    FEATURE,
    ...pair("input", "Fresh", undefined, true),
    ...pair("cacheCreate5m", "Write 5m"),
    ...pair("cacheCreate1h", "Write 1h"),
    ...pair("cacheRead", "Read"),
    ...pair("output", "Output"),
  ],
  failures: () => [
    FEATURE,
    ...CALLS,
    ...pair("errors", "Errors", "errors", true),
    ...pair("limited", "429"),
    ...pair("retries", "Retries", "retries", true),
  ],
};

type Context = Readonly<{ places: number; largest: number; verdict: FeatureVerdict | undefined }>;

const LOST = 0.2;
const SMALL = 10_000_000_000n;
const KINDS = ["input", "cacheCreate5m", "cacheCreate1h", "cacheRead", "output"] as const satisfies readonly CostKind[];
const none = <Muted>none</Muted>;

function rate(count: bigint, { calls }: UsageSide): number | null {
  return calls > 0n ? Number(count) / Number(calls) : null;
}

/** The cells of a feature, those of every view. */
export function featureCells(feature: FeatureChange, context: Context): Readonly<Record<string, ReactNode>> {
  const { before, after } = feature;
  return {
    feature: (
      <span className="block max-w-[260px] truncate max-phone:max-w-[104px]" title={feature.feature}>
        {feature.feature}
      </span>
    ),
    ...costCells(feature, context),
    ...sideCells(before, "_before"),
    ...sideCells(after, ""),
  };
}

function costCells(feature: FeatureChange, { places, largest, verdict }: Context): Readonly<Record<string, ReactNode>> {
  const { before, after, effectUsdPicos } = feature;
  const usd = ({ calls, costPerCallUsdPicos: picos }: UsageSide) =>
    picos === null ? calls > 0n ? <Muted>unpriced</Muted> : none : formatUsd(picos, { places });
  const isLost = (before.cacheHit ?? 0) >= LOST && after.cacheHit !== null && after.cacheHit < LOST;
  const hit = (value: number | null) => (value === null || value === 0 ? none : formatPercent(value));
  const cause = explainFeature(feature);
  const amount = cause?.amountUsdPicos ?? 0n;
  const isSmall = amount < SMALL && amount > -SMALL;
  return {
    before: usd(before),
    after: <span className="font-medium">{usd(after)}</span>,
    change: <SameCalls feature={feature} verdict={verdict} />,
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
  };
}

/** The change with its interval below; in words where there is none. */
function SameCalls({ feature: { before, after }, verdict }: { feature: FeatureChange; verdict?: FeatureVerdict }) {
  if (after.calls === 0n) return none;
  if (before.calls === 0n) return <Change change={formatChange(1, null)} />;
  const estimate = verdict?.estimate;
  if (!estimate) return <Muted>{after.pricedCalls === 0n ? "unpriced" : "few calls"}</Muted>;
  return (
    <>
      <Change change={formatChange(1 + estimate.change, 1)} />
      <span className="block text-muted-foreground text-note max-phone:hidden">
        {formatShare(estimate.low)} to {formatShare(estimate.high)}
      </span>
    </>
  );
}

/** Counts of one side as cells whose keys end in `suffix`. */
function sideCells(side: UsageSide, suffix: string): Readonly<Record<string, ReactNode>> {
  const share = (count: bigint) => {
    const value = rate(count, side);
    return value === null || count === 0n ? none : <span title={formatCount(count)}>{formatPercent(value, 2)}</span>;
  };
  const tokens = KINDS.map((kind) => {
    const count = side.tokens[kind];
    return [
      `${kind}${suffix}`,
      side.calls > 0n && count > 0n ? formatCount(Number(count) / Number(side.calls)) : none,
    ] as const;
  });
  return {
    ...Object.fromEntries(tokens),
    [`calls${suffix}`]: side.calls === 0n ? none : formatCount(side.calls),
    [`errors${suffix}`]: share(side.errors),
    [`limited${suffix}`]: share(side.rateLimited),
    [`retries${suffix}`]: share(side.retries),
  };
}
