import { Muted } from "@/components/data-table/muted";
import { cn } from "@/components/ui/cn";
import { formatCount, formatPercent } from "@/lib/format";
import type { MeasureKey } from "@/lib/reports/catalogue";
import type { Row } from "@/lib/reports/schema";
import { KINDS, sumOf } from "./stack";

type Kinds = readonly (readonly [kind: string, measure: MeasureKey])[];

const ALL: Kinds = [
  ["input", "input_tokens"],
  ["cache_create_5m", "cache_create_5m_tokens"],
  ["cache_create_1h", "cache_create_1h_tokens"],
  ["cache_read", "cache_read_tokens"],
  ["output", "output_tokens"],
];

/**
 * The kinds of tokens of a row as one bar in their fixed order and colours; the counts are its title.
 * @param isWide where the bar is what the table is about
 */
export function KindsCell({ row, kinds = ALL, isWide = false }: { row: Row; kinds?: Kinds; isWide?: boolean }) {
  const counts = kinds.map(([kind, measure]) => ({ kind, tokens: sumOf(row, measure) }));
  const all = counts.reduce((sum, { tokens }) => sum + tokens, 0n);
  if (all === 0n) return <Muted>none</Muted>;
  const used = counts.filter(({ tokens }) => tokens > 0n);
  const label = (kind: string) => KINDS[kind]?.label ?? kind;
  const share = (tokens: bigint) => Number(tokens) / Number(all);
  return (
    <span
      role="img"
      aria-label={used.map(({ kind, tokens }) => `${label(kind)} ${formatPercent(share(tokens))}`).join(", ")}
      title={used.map(({ kind, tokens }) => `${label(kind)} ${formatCount(tokens)}`).join("\n")}
      className={cn(
        "flex overflow-hidden rounded-[2px]",
        isWide ? "h-2.5 w-[190px] gap-[1.5px]" : "h-2 w-[112px] gap-px",
      )}
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
