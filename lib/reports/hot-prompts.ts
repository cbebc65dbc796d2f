import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { buildReport } from "./builder";
import type { PromptQuestion } from "./prompt-calls";
import { describePrompts, type PromptDetails } from "./prompt-details";
import { PROMPT_SORTS, type PromptRanking, type PromptSort, rankPrompts, sumWithoutPrompt } from "./prompt-rank";
import type { Report } from "./report";
import type { Column, ReportQuery, Row } from "./schema";

/** More prompts than anyone reads; a file of all would be as long as that of the calls. */
const MOST = 10_000;

export type PromptOrder = Readonly<{ key: PromptSort; dir: "asc" | "desc" }>;

/** The order that a query asks for; by spend where it asks for what prompts cannot be sorted by. */
export function promptOrder({ sort }: Pick<ReportQuery, "sort">): PromptOrder {
  const key = PROMPT_SORTS.find((one) => one === sort?.key);
  return key && sort ? { key, dir: sort.dir } : { key: "cost", dir: "desc" };
}

const VALUES: Readonly<Record<PromptSort, (details: PromptDetails) => bigint | number | Date | null>> = {
  cost: ({ cost }) => cost,
  calls: ({ calls }) => calls,
  latency: ({ latency }) => latency,
  first_seen: ({ firstSeenAt }) => firstSeenAt,
  last_seen: ({ lastSeenAt }) => lastSeenAt,
  repeats: ({ repeats }) => repeats,
  wasted: ({ wasted }) => wasted,
};

/** Sorts by the exact figures, then by hash; what has no figure comes last. */
export function sortPrompts(found: readonly PromptDetails[], { key, dir }: PromptOrder): readonly PromptDetails[] {
  const sign = dir === "asc" ? 1 : -1;
  return found.toSorted((a, b) => {
    const [left, right] = [VALUES[key](a), VALUES[key](b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (left < right) return -sign;
    return left > right ? sign : a.prompt < b.prompt ? -1 : 1;
  });
}

export type HotPrompts = Readonly<{ ranking: PromptRanking; prompts: readonly PromptDetails[] }>;

/** Recipe 1: the first prompts of the period in an order, with what is known of each. */
export async function readHotPrompts(
  scope: Scope,
  question: PromptQuestion,
  order: PromptOrder,
  limit: number,
): Promise<HotPrompts> {
  const ranking = await rankPrompts(scope, question, order, Math.min(limit, MOST));
  return { ranking, prompts: sortPrompts(await describePrompts(scope, question, ranking.prompts), order) };
}

const count = (key: string, label: string): Column => ({ key, label, unit: "calls", missing: "zero" });
const money = (key: string, label: string): Column => ({ key, label, unit: "usd_picos", missing: "zero" });
const text = (key: string, label: string): Column => ({ key, label, unit: "text" });
const time = (key: string, label: string): Column => ({ key, label, unit: "time", missing: "gap" });

const COLUMNS: readonly Column[] = [
  text("prompt", "Prompt hash"),
  count("calls", "Calls"),
  money("cost", "Spend"),
  { key: "latency", label: "Mean latency", unit: "ms", missing: "gap" },
  time("first_seen", "First seen"),
  time("last_seen", "Last seen"),
  text("tenant", "Tenant"),
  count("tenants", "Tenants"),
  text("feature", "Feature"),
  count("features", "Features"),
  count("repeats", "Repeats"),
  money("wasted", "Wasted"),
  count("unpriced_repeats", "Unpriced repeats"),
  count("unpriced_calls", "Unpriced calls"),
  count("storms", "Storms"),
  count("storm_calls", "Calls in storms"),
  time("storm_first_seen", "First call in a storm"),
  time("storm_last_seen", "Last call in a storm"),
];

function toRow(one: PromptDetails): Row {
  return {
    prompt: one.prompt,
    calls: one.calls,
    cost: one.cost,
    latency: one.latency,
    first_seen: one.firstSeenAt,
    last_seen: one.lastSeenAt,
    tenant: one.tenant,
    tenants: BigInt(one.tenants),
    feature: one.feature,
    features: BigInt(one.features),
    repeats: one.repeats,
    wasted: one.wasted,
    unpriced_repeats: one.unpricedRepeats,
    unpriced_calls: one.unpricedCalls,
    storms: BigInt(one.storms),
    storm_calls: BigInt(one.stormCalls),
    storm_first_seen: one.stormFirstAt,
    storm_last_seen: one.stormLastAt,
  };
}

/** Which prompt is hot, and is it a retry storm? Totals are of all calls that carry a prompt hash; at most 10,000 rows. */
export const hotPrompts: Report = {
  label: "Hot prompts",
  question: "Which prompt is hot, and is it a retry storm?",
  dimensions: ["prompt"],
  groupable: [],
  measures: [],
  selectable: [],
  options: ["storm_calls", "storm_minutes", "repeat_minutes"],
  sorts: PROMPT_SORTS,
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const plain = { ...query, compare: null, bucket: null, groupBy: [], sort: null };
    // Always: where every call has a hash, further lines of some may have none. The index of prompts finds those without.
    const [{ ranking, prompts }, result, without] = await Promise.all([
      readHotPrompts(scope, query, promptOrder(query), query.limit),
      buildReport(scope, "hot-prompts", plain, ["cost"], asOf),
      sumWithoutPrompt(scope, query),
    ]);
    const cost = (typeof result.totals.cost === "bigint" ? result.totals.cost : 0n) - without;
    return {
      ...result,
      columns: COLUMNS,
      rows: prompts.map(toRow),
      rowCount: ranking.hashes,
      totals: { calls: ranking.calls, cost },
    };
  },
};
