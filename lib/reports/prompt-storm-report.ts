import "server-only";
import { buildReport } from "./builder";
import { rankPrompts } from "./prompt-rank";
import { describeStorms, findStorms, type Storm, type StormDetails, type StormSums, sumStorms } from "./prompt-storms";
import type { Report } from "./report";
import type { Column, Row } from "./schema";

/** Whoever has more storms than this wants another threshold. */
const MOST = 200;

const count = (key: string, label: string): Column => ({ key, label, unit: "calls", missing: "zero" });
const text = (key: string, label: string): Column => ({ key, label, unit: "text" });
const named = (key: string, label: string) => [text(key, label), count(`${key}s`, `${label}s`)];

const COLUMNS: readonly Column[] = [
  text("prompt", "Prompt hash"),
  { key: "first_seen", label: "First call", unit: "time", missing: "gap" },
  { key: "last_seen", label: "Last call", unit: "time", missing: "gap" },
  count("calls", "Calls"),
  { key: "cost", label: "Spend", unit: "usd_picos", missing: "zero" },
  count("unpriced_calls", "Unpriced calls"),
  count("repeats", "Repeats"),
  { key: "wasted", label: "Wasted", unit: "usd_picos", missing: "zero" },
  count("unpriced_repeats", "Unpriced repeats"),
  ...named("tenant", "Tenant"),
  ...named("feature", "Feature"),
  ...named("deploy", "Deploy"),
  ...named("model", "Model"),
  count("last_attempt", "Last attempt"),
];

function toRow(storm: StormDetails): Row {
  return {
    prompt: storm.prompt,
    first_seen: storm.startedAt,
    last_seen: storm.endedAt,
    calls: BigInt(storm.calls),
    cost: storm.cost,
    unpriced_calls: storm.unpricedCalls,
    repeats: storm.repeats,
    wasted: storm.wasted,
    unpriced_repeats: storm.unpricedRepeats,
    tenant: storm.tenant,
    tenants: BigInt(storm.tenants),
    feature: storm.feature,
    features: BigInt(storm.features),
    deploy: storm.deploy,
    deploys: BigInt(storm.deploys),
    model: storm.model,
    models: BigInt(storm.models),
    last_attempt: BigInt(storm.attempt),
  };
}

/** Of all storms, shown or not. */
function toTotals(storms: readonly Storm[], sums: readonly StormSums[]): Row {
  const sum = (of: (one: StormSums) => bigint) => sums.reduce((total, one) => total + of(one), 0n);
  return {
    calls: storms.reduce((total, { calls }) => total + BigInt(calls), 0n),
    cost: sum(({ cost }) => cost),
    unpriced_calls: sum(({ unpricedCalls }) => unpricedCalls),
    repeats: sum(({ repeats }) => repeats),
    wasted: sum(({ wasted }) => wasted),
    unpriced_repeats: sum(({ unpricedRepeats }) => unpricedRepeats),
  };
}

/** Runs of more than `storm_calls` calls of one prompt within `storm_minutes`, the latest first; at most 200. Totals are of all, as `row_count` is. */
export const retryStorms: Report = {
  label: "Retry storms",
  question: "Which prompt was sent over and over?",
  dimensions: ["prompt"],
  groupable: [],
  measures: [],
  selectable: [],
  options: ["storm_calls", "storm_minutes", "repeat_minutes"],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const plain = { ...query, compare: null, bucket: null, groupBy: [], sort: null };
    const [{ frequent }, result] = await Promise.all([
      rankPrompts(scope, query, { key: "calls", dir: "desc" }, 1),
      buildReport(scope, "retry-storms", plain, ["calls"], asOf),
    ]);
    const storms = await findStorms(scope, query, frequent);
    const [shown, sums] = await Promise.all([
      describeStorms(scope, query, storms.slice(0, Math.min(MOST, query.limit))),
      sumStorms(scope, query, storms),
    ]);
    return {
      ...result,
      columns: COLUMNS,
      rows: shown.map(toRow),
      rowCount: storms.length,
      totals: toTotals(storms, sums),
    };
  },
};
