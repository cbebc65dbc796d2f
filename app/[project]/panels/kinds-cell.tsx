import { Muted } from "@/components/data-table/muted";
import { formatCount, formatPercent } from "@/lib/format";
import type { MeasureKey } from "@/lib/reports/catalogue";
import type { Row } from "@/lib/reports/schema";
import { KINDS, sumOf } from "./stack";

const MEASURES: readonly (readonly [kind: string, measure: MeasureKey])[] = [
  ["input", "input_tokens"],
  ["cache_create_5m", "cache_create_5m_tokens"],
  ["cache_create_1h", "cache_create_1h_tokens"],
  ["cache_read", "cache_read_tokens"],
  ["output", "output_tokens"],
];

/** The five kinds of tokens of a row as one bar in their fixed order and colours; the counts are its title. */
export function KindsCell({ row }: { row: Row }) {
  const kinds = MEASURES.map(([kind, measure]) => ({ kind, tokens: sumOf(row, measure) }));
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
      className="flex h-2 w-[112px] gap-px overflow-hidden rounded-[2px] bg-inset"
    >
      {used.map(({ kind, tokens }) => (
        <span
          key={kind}
          className="block h-full min-w-px"
          style={{ width: `${share(tokens) * 100}%`, background: KINDS[kind]?.color }}
        />
      ))}
    </span>
  );
}
