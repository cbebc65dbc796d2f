import { Muted } from "@/components/data-table/muted";
import { formatCount, formatPercent } from "@/lib/format";
import type { Row } from "@/lib/reports/schema";
import { KINDS, sumOf } from "../panels/stack";

/** The kinds of input in the order of a cache composition: what was read first. */
export const INPUT_KINDS = [
  { kind: "cache_read", measure: "cache_read_tokens" },
  { kind: "cache_create_5m", measure: "cache_create_5m_tokens" },
  { kind: "cache_create_1h", measure: "cache_create_1h_tokens" },
  { kind: "input", measure: "input_tokens" },
] as const;

/** The input tokens of a row as one bar: read, written, fresh. */
export function CacheBar({ row }: { row: Row }) {
  const kinds = INPUT_KINDS.map(({ kind, measure }) => ({ kind, tokens: sumOf(row, measure) }));
  const all = kinds.reduce((sum, { tokens }) => sum + tokens, 0n);
  if (all === 0n) return <Muted>none</Muted>;
  const used = kinds.filter(({ tokens }) => tokens > 0n);
  const label = (kind: string) => KINDS[kind]?.label ?? kind;
  const share = (tokens: bigint) => Number(tokens) / Number(all);
  return (
    <span
      role="img"
      aria-label={used.map(({ kind, tokens }) => `${label(kind)} ${formatPercent(share(tokens))}`).join(", ")}
      title={used.map(({ kind, tokens }) => `${label(kind)} ${formatCount(tokens)}`).join("\n")}
      className="flex h-2.5 w-[190px] gap-[1.5px]"
    >
      {used.map(({ kind, tokens }) => (
        <span
          key={kind}
          className="block h-full min-w-0.5 rounded-[1px] first:rounded-l-[2px] last:rounded-r-[2px]"
          style={{ width: `${share(tokens) * 100}%`, background: KINDS[kind]?.color }}
        />
      ))}
    </span>
  );
}
