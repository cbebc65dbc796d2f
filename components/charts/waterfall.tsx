import Link from "next/link";
import type { ReactNode } from "react";
import { type TokenStack, TokenStackBar } from "@/components/charts/token-stack";
import { cn } from "@/components/ui/cn";
import { Table, TableCell, TableHead } from "@/components/ui/table";
import { formatCount, formatDuration, formatMs } from "@/lib/format";

export type WaterfallRow = Readonly<{
  key: string;
  href: string;
  /** Its place among all calls: 1 for the first. */
  place: number;
  name: string;
  note: string;
  /** What an answer that is not plain is marked by: status, attempt. */
  marks: ReactNode;
  /** Since the first call of all, ms. */
  startMs: number;
  latencyMs: number;
  /** Null where no first token was told. */
  firstTokenMs: number | null;
  tone: "answered" | "limited" | "failed";
  tokens: TokenStack;
  /** Share of its input that was sent before: at most, 0…1; null without input. */
  resentShare: string;
  cost: ReactNode;
}>;

const FILL = { answered: "var(--chart-1)", limited: "var(--warn-fill)", failed: "var(--worse-fill)" } as const;
const head = (label: string, className?: string) => (
  <TableHead className={cn("text-right", className)}>{label}</TableHead>
);

/**
 * Calls one after the other on a common axis of time, each as long as it took, beside what it sent. A table: every bar has its
 * figure beside it.
 * @param span first and last ms that the axis shows.
 * @param largestInput the input, in tokens, that fills a bar.
 */
export function Waterfall({
  label,
  rows,
  span,
  largestInput,
}: {
  label: string;
  rows: readonly WaterfallRow[];
  span: Readonly<{ from: number; to: number }>;
  largestInput: number;
}) {
  return (
    <Table aria-label={label} className="[&_td]:h-[42px]">
      <thead>
        <tr>
          <TableHead>Call</TableHead>
          <TableHead className="max-phone:hidden">Answer</TableHead>
          {head("Start", "max-phone:hidden")}
          <TableHead className="w-[32%] max-phone:w-[36%]">
            <span className="flex justify-between font-normal">
              <span>{formatStart(span.from)}</span>
              <span className="max-wide:hidden">{formatStart((span.from + span.to) / 2)}</span>
              <span>{formatStart(span.to)}</span>
            </span>
          </TableHead>
          {head("Latency", "max-phone:hidden")}
          <TableHead className="w-[16%] max-wide:hidden">Input and output</TableHead>
          {head("Input", "max-phone:hidden")}
          {head("Sent before", "max-phone:hidden")}
          {head("Output", "max-phone:hidden")}
          {head("Cost")}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-row="" className="group/row relative cursor-pointer hover:bg-inset">
            <TableCell className="font-medium">
              <Link
                href={row.href}
                prefetch={false}
                className="flex gap-2 outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
              >
                <span className="min-w-5 text-right font-normal text-muted-foreground">{formatCount(row.place)}</span>
                <span className="min-w-0">
                  <span className="block max-w-[180px] truncate max-phone:max-w-[84px]" title={row.name}>
                    {row.name}
                  </span>
                  <span
                    className="mono block max-w-[180px] truncate font-normal text-muted-foreground max-phone:max-w-[84px]"
                    title={row.note}
                  >
                    {row.note}
                  </span>
                </span>
              </Link>
            </TableCell>
            <TableCell className="max-phone:hidden">{row.marks}</TableCell>
            <TableCell className="text-right text-text-2 max-phone:hidden">{formatStart(row.startMs)}</TableCell>
            <TableCell>
              <Span row={row} span={span} />
            </TableCell>
            <TableCell className="text-right max-phone:hidden">
              {formatMs(row.latencyMs)}
              {row.firstTokenMs !== null && (
                <span className="block text-muted-foreground text-note">first {formatMs(row.firstTokenMs)}</span>
              )}
            </TableCell>
            <TableCell className="max-wide:hidden">
              <TokenStackBar stack={row.tokens} largest={largestInput} />
            </TableCell>
            <TableCell className="text-right max-phone:hidden">{formatCount(row.tokens.input)}</TableCell>
            <TableCell className="text-right text-text-2 max-phone:hidden">{row.resentShare}</TableCell>
            <TableCell className="text-right max-phone:hidden">{formatCount(row.tokens.output)}</TableCell>
            <TableCell className="text-right font-medium">{row.cost}</TableCell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** `+1 min 12 s` since the first call. */
const formatStart = (ms: number) => (ms < 500 ? "0 s" : `+${formatDuration(ms)}`);

/** The bar of a call: pale until its first token, a mark there, then full. */
function Span({ row, span }: { row: WaterfallRow; span: Readonly<{ from: number; to: number }> }) {
  const width = Math.max(1, span.to - span.from);
  const percent = (ms: number) => `${(Math.max(0, ms) / width) * 100}%`;
  const waiting = row.firstTokenMs === null ? 0 : Math.min(1, row.firstTokenMs / Math.max(1, row.latencyMs));
  return (
    <span
      aria-hidden
      className="relative block h-3 bg-[linear-gradient(var(--grid),var(--grid))] bg-size-[100%_1px] bg-position-[0_50%] bg-no-repeat"
    >
      <span
        className="absolute inset-y-0 min-w-[3px] overflow-hidden rounded-[1px]"
        style={{ left: `min(${percent(row.startMs - span.from)}, calc(100% - 3px))`, width: percent(row.latencyMs) }}
      >
        <span className="absolute inset-0" style={{ background: FILL[row.tone] }} />
        {waiting > 0 && (
          <span
            className="absolute inset-y-0 left-0 border-foreground border-r-[1.5px] bg-card/60"
            style={{ width: `${waiting * 100}%` }}
          />
        )}
      </span>
    </span>
  );
}
