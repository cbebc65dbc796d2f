import type { ReactNode } from "react";
import type { DataColumn } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import {
  formatChange,
  formatCompact,
  formatCount,
  formatMinute,
  formatMs,
  formatPercent,
  formatUsd,
  GONE,
} from "@/lib/format";
import type { MeasureKey } from "@/lib/reports/catalogue";
import type { Row } from "@/lib/reports/schema";
import { againstList, LIST_MEASURES } from "./against-list";
import { KindsCell } from "./kinds-cell";
import { largestOf, sumOf } from "./stack";
import { isUnpriced } from "./summarize";

/** What a cell may need to know beside its row. */
export type CellContext = Readonly<{
  /** Spend of the largest named row: the bar in its cell is full. */
  largest: bigint;
  /** Decimals of the money columns, one precision each. */
  spendPlaces: number;
  callPlaces: number;
  /** False for the others and the total: no bar. */
  isNamed: boolean;
}>;

type BreakdownColumn = Omit<DataColumn, "key"> &
  Readonly<{
    measures: readonly MeasureKey[];
    /** Only where there is a comparison. */
    needsCompare?: boolean;
    cell: (row: Row, context: CellContext) => ReactNode;
  }>;

const none = <Muted>none</Muted>;

function count(key: MeasureKey, format: (value: bigint) => string = formatCount) {
  return (row: Row) => (sumOf(row, key) === 0n ? none : format(sumOf(row, key)));
}

/** A ratio; a share of nothing, and a share of zero, are "none". */
function share(key: MeasureKey, places: number) {
  return (row: Row) => {
    const value = row[key];
    return typeof value === "number" && value > 0 ? formatPercent(value, places) : none;
  };
}

function mean(key: string, format: (value: number) => string) {
  return (row: Row) => {
    const value = row[key];
    return typeof value === "number" ? format(value) : none;
  };
}

function perCall(key: string) {
  return (row: Row, { callPlaces }: CellContext) => {
    const value = row[key];
    return typeof value === "bigint" ? formatUsd(value, { places: callPlaces }) : none;
  };
}

function spend(row: Row, { largest, spendPlaces, isNamed }: CellContext): ReactNode {
  if (isUnpriced(row)) return <Muted>unpriced</Muted>;
  const picos = sumOf(row, "cost");
  if (!isNamed) return formatUsd(picos, { places: spendPlaces });
  return (
    <MoneyCell picos={picos} places={spendPlaces} share={largest > 0n ? Number(picos) / Number(largest) : undefined} />
  );
}

function cacheHit(row: Row): ReactNode {
  const value = row.cache_hit;
  const cached: readonly MeasureKey[] = ["cache_read_tokens", "cache_create_5m_tokens", "cache_create_1h_tokens"];
  if (cached.every((key) => sumOf(row, key) === 0n)) return <Muted>no cache</Muted>;
  return typeof value === "number" ? formatPercent(value) : none;
}

function change(row: Row): ReactNode {
  const before = row.compare_cost;
  if (isUnpriced(row)) return none;
  const isGone = sumOf(row, "cost") === 0n && sumOf(row, "calls") === 0n && before !== 0n && typeof before === "bigint";
  if (isGone) return <Change change={GONE} />;
  return <Change change={formatChange(sumOf(row, "cost"), typeof before === "bigint" ? before : null)} />;
}

const moment = (key: MeasureKey) => (row: Row) => {
  const value = row[key];
  return value instanceof Date ? formatMinute(value) : none;
};

const PHONE = { onPhone: false } as const;

/** The columns a table by one dimension can have. The first, the name, and `trend` are the table's own. */
export const BREAKDOWN_COLUMNS = {
  spend: { label: "Spend", sortKey: "cost", width: 130, measures: ["cost", "unpriced_calls"], cell: spend },
  change: { label: "Change", sortKey: "change_cost", needsCompare: true, measures: ["cost", "calls"], cell: change },
  list_price: {
    ...PHONE,
    label: "List price",
    sortKey: "list_cost",
    isMuted: true,
    measures: LIST_MEASURES,
    cell: (row, { spendPlaces }) => {
      const against = againstList(row);
      if (isUnpriced(row)) return none;
      if (against && against.listed === 0n && against.unlisted > 0n) return <Muted>not listed</Muted>;
      return formatUsd(sumOf(row, "list_cost"), { places: spendPlaces });
    },
  },
  saved: {
    ...PHONE,
    label: "Saved",
    sortKey: "saved_cost",
    measures: LIST_MEASURES,
    cell: (row, { spendPlaces }) =>
      sumOf(row, "saved_cost") === 0n ? none : formatUsd(sumOf(row, "saved_cost"), { places: spendPlaces }),
  },
  calls: { ...PHONE, label: "Calls", sortKey: "calls", measures: ["calls"], cell: count("calls") },
  cost_per_call: {
    ...PHONE,
    label: "Cost/call",
    sortKey: "cost_per_call",
    measures: ["cost_per_call"],
    cell: perCall("cost_per_call"),
  },
  cost_per_call_before: {
    ...PHONE,
    label: "was",
    isMuted: true,
    needsCompare: true,
    measures: ["cost_per_call"],
    cell: perCall("compare_cost_per_call"),
  },
  input_per_call: {
    ...PHONE,
    label: "Input tokens/call",
    sortKey: "input_tokens_per_call",
    measures: ["input_tokens_per_call"],
    cell: mean("input_tokens_per_call", formatCount),
  },
  input_per_call_before: {
    ...PHONE,
    label: "was",
    isMuted: true,
    needsCompare: true,
    measures: ["input_tokens_per_call"],
    cell: mean("compare_input_tokens_per_call", formatCount),
  },
  tokens: {
    ...PHONE,
    label: "Tokens",
    sortKey: "tokens",
    measures: ["tokens"],
    cell: (row) =>
      sumOf(row, "tokens") === 0n ? (
        none
      ) : (
        <span title={formatCount(sumOf(row, "tokens"))}>{formatCompact(sumOf(row, "tokens"))}</span>
      ),
  },
  kinds: {
    ...PHONE,
    label: "Tokens by kind",
    align: "left",
    width: 132,
    measures: [
      "input_tokens",
      "cache_create_5m_tokens",
      "cache_create_1h_tokens",
      "cache_read_tokens",
      "output_tokens",
    ],
    cell: (row) => <KindsCell row={row} />,
  },
  cost_per_mtok: {
    ...PHONE,
    label: "$/MTok",
    sortKey: "cost_per_mtok",
    measures: ["cost_per_mtok", "unpriced_calls"],
    cell: (row) =>
      typeof row.cost_per_mtok === "bigint" ? (
        formatUsd(row.cost_per_mtok, { places: 2 })
      ) : isUnpriced(row) ? (
        <Muted>unpriced</Muted>
      ) : (
        none
      ),
  },
  cache_hit: {
    ...PHONE,
    label: "Cache hit",
    sortKey: "cache_hit",
    measures: ["cache_hit", "cache_read_tokens", "cache_create_5m_tokens", "cache_create_1h_tokens"],
    cell: cacheHit,
  },
  errors: { ...PHONE, label: "Errors", sortKey: "error_rate", measures: ["error_rate"], cell: share("error_rate", 2) },
  rate_limited: {
    ...PHONE,
    label: "429",
    sortKey: "rate_limited_rate",
    measures: ["rate_limited_rate"],
    cell: share("rate_limited_rate", 2),
  },
  retries: {
    ...PHONE,
    label: "Retries",
    sortKey: "retry_share",
    measures: ["retry_share"],
    cell: share("retry_share", 2),
  },
  latency: {
    ...PHONE,
    label: "Mean latency",
    sortKey: "latency",
    measures: ["latency"],
    cell: mean("latency", formatMs),
  },
  batch: {
    ...PHONE,
    label: "Batch",
    sortKey: "batch_share",
    measures: ["batch_share"],
    cell: share("batch_share", 1),
  },
  last_seen: {
    ...PHONE,
    label: "Last call",
    sortKey: "last_seen",
    measures: ["last_seen"],
    cell: moment("last_seen"),
  },
} as const satisfies Readonly<Record<string, BreakdownColumn>>;
export type BreakdownColumnKey = keyof typeof BREAKDOWN_COLUMNS;

/** The column's definition, with the optional parts of every column. */
export const breakdownColumn = (key: BreakdownColumnKey): BreakdownColumn => BREAKDOWN_COLUMNS[key];

/** One precision for a column of money: cents, four places when all is under a dollar, six when under a cent. */
export function placesFor(picos: readonly bigint[], least: number): number {
  const most = largestOf(picos);
  if (most === 0n) return least;
  return Math.max(least, most >= 10n ** 12n ? 2 : most >= 10n ** 10n ? 4 : 6);
}
