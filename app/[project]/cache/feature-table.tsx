import type { ReactNode } from "react";
import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { Badge } from "@/components/ui/badge";
import type { FeatureLifetime } from "@/lib/cache/advise";
import type { PrefixStability } from "@/lib/cache/prefix-stability";
import type { PromptLengths } from "@/lib/cache/read-lengths";
import { type ReuseCell, sumCells } from "@/lib/cache/reuse";
import { formatChangePoints, formatCompact, formatCount, formatPercent, formatUsd } from "@/lib/format";
import type { Row } from "@/lib/reports/schema";
import { KindsCell } from "../panels/kinds-cell";
import { sumOf } from "../panels/stack";
import { ratioOf } from "../panels/summarize";
import { drillHref, here, type View } from "../view";
import { isCaching, isUnderLine } from "./cached-features";
import { INPUT_KINDS } from "./input-kinds";
import { type Verdict, verdictOf } from "./verdict";

export const SHOWN = 50;
const LOWEST = { key: "cache_hit", dir: "asc" } as const;

/** What the calls told; or that they are being read, or are too many. */
export type Facts =
  | Readonly<{
      cells: readonly ReuseCell[];
      advice: readonly FeatureLifetime[];
      stability: readonly PrefixStability[];
      lengths: readonly PromptLengths[];
    }>
  | "reading"
  | "too_many";

const PHONE = { onPhone: false } as const;
const COLUMNS: readonly DataColumn[] = [
  { key: "feature", label: "Feature", align: "left", sortKey: "feature" },
  { key: "hit", label: "Hit", sortKey: "cache_hit" },
  { key: "before", label: "Before", sortKey: "compare_cache_hit", isMuted: true, ...PHONE },
  { key: "change", label: "Change", sortKey: "change_cache_hit" },
  { key: "composition", label: "Composition", align: "left", ...PHONE },
  { key: "reads", label: "Reads", sortKey: "cache_read_tokens", isMuted: true, ...PHONE },
  { key: "writes", label: "Writes", isMuted: true, ...PHONE },
  { key: "fresh", label: "Fresh", sortKey: "input_tokens", isMuted: true, ...PHONE },
  { key: "saved", label: "Saved, net" },
  { key: "unread", label: "Never read", ...PHONE },
  { key: "verdict", label: "Verdict", align: "left", ...PHONE },
];

/** One row a feature. Never read and verdict need the calls, and say so while they are read. */
export function FeatureTable({ view, rows, facts }: { view: View; rows: readonly Row[]; facts: Facts }) {
  return (
    <DataTable
      label="Cache by feature"
      columns={view.query.compare ? COLUMNS : COLUMNS.filter(({ key }) => key !== "before" && key !== "change")}
      rows={inOrder(rows, view)
        .slice(0, SHOWN)
        .map((row) => toRow(row, view, facts))}
      sort={view.query.sort ?? LOWEST}
      defaultSort={LOWEST}
    />
  );
}

/** By hit, what does not cache comes last: its nothing is neither low nor high. */
function inOrder(rows: readonly Row[], { query }: View): readonly Row[] {
  const isByHit = !query.sort || query.sort.key.endsWith("cache_hit");
  return isByHit ? [...rows.filter(isCaching), ...rows.filter((row) => !isCaching(row))] : rows;
}

function toRow(row: Row, view: View, facts: Facts): DataRow {
  const feature = String(row.feature);
  const [read, write, fresh] = [
    sumOf(row, "cache_read_tokens"),
    sumOf(row, "cache_create_5m_tokens") + sumOf(row, "cache_create_1h_tokens"),
    sumOf(row, "input_tokens"),
  ];
  return {
    key: feature,
    href: drillHref(view, "feature", feature),
    excludeHref: here(view, { "not.feature": [...view.params.getAll("not.feature"), feature] }),
    cells: {
      feature: (
        <>
          <span className="block max-w-[190px] truncate max-phone:max-w-[110px]" title={feature}>
            {feature}
          </span>
          <span className="phone:hidden block max-w-[118px] whitespace-normal pb-1 font-normal leading-[15px]">
            {verdict(row, facts)}
          </span>
        </>
      ),
      hit: <Hit row={row} />,
      before: hitBefore(row),
      change: isCaching(row) && (
        <Change
          meaning="good"
          change={formatChangePoints(ratioOf(row, "cache_hit"), ratioOf(row, "compare_cache_hit"))}
        />
      ),
      composition: <KindsCell row={row} kinds={INPUT_KINDS} isWide />,
      reads: tokens(read),
      writes: tokens(write),
      fresh: tokens(fresh),
      saved: saved(row),
      unread: unread(row, facts),
      verdict: verdict(row, facts),
    },
  };
}

const none = <Muted>none</Muted>;
const tokens = (count: bigint) =>
  count === 0n ? none : <span title={formatCount(count)}>{formatCompact(count)}</span>;

function Hit({ row }: { row: Row }) {
  const hit = ratioOf(row, "cache_hit");
  if (!isCaching(row) || hit === null) return none;
  const text = formatPercent(hit);
  return isUnderLine(row) ? <Badge variant="worse">{text}</Badge> : <span className="font-medium">{text}</span>;
}

function hitBefore(row: Row): ReactNode {
  const before = ratioOf(row, "compare_cache_hit");
  const cached = ["read", "create_5m", "create_1h"].some((kind) => sumOf(row, `compare_cache_${kind}_tokens`) > 0n);
  return before === null || !cached ? none : formatPercent(before);
}

function saved(row: Row): ReactNode {
  if (!isCaching(row)) return none;
  if (sumOf(row, "fresh_cost") === 0n) {
    const isFree = sumOf(row, "unknown_tokens") === 0n;
    return <Muted>{isFree ? "not billed" : sumOf(row, "unpriced_calls") > 0n ? "unpriced" : "not known"}</Muted>;
  }
  const net = sumOf(row, "net_saving");
  return (
    <span className={net < 0n ? "font-medium text-worse" : undefined}>
      {formatUsd(net, { places: 2, signed: true })}
    </span>
  );
}

function unread(row: Row, facts: Facts): ReactNode {
  if (sumOf(row, "cache_create_5m_tokens") + sumOf(row, "cache_create_1h_tokens") === 0n) return none;
  if (facts === "reading") return <Muted>reading</Muted>;
  if (facts === "too_many") return <Muted>not read</Muted>;
  const own = facts.cells.filter(({ feature }) => feature === row.feature);
  if (own.length === 0) return <Muted>no prefix hash</Muted>;
  const cost = sumCells(own, "unreadCost");
  const isMost = cost * 2n >= sumOf(row, "write_cost");
  return cost === 0n ? (
    none
  ) : (
    <span className={isMost ? "font-medium text-worse" : undefined}>{formatUsd(cost, { places: 2 })}</span>
  );
}

function verdict(row: Row, facts: Facts): ReactNode {
  if (facts === "reading") return <Muted>reading</Muted>;
  if (facts === "too_many") return <Muted>too many calls to read</Muted>;
  const isOf = ({ feature }: { feature: string }) => feature === row.feature;
  const { text, isBad }: Verdict = verdictOf(row, {
    stability: facts.stability.find(isOf)?.verdict,
    advice: facts.advice.find(isOf)?.verdict,
    lengths: facts.lengths.filter(isOf),
  });
  return <span className={`text-note ${isBad ? "text-worse" : "text-text-2"}`}>{text}</span>;
}
