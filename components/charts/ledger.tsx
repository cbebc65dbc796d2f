import { type LedgerBar, type LedgerPart, maxOf, roundToSum, scaleLedger } from "@/components/charts/ledger-scale";
import { cn } from "@/components/ui/cn";
import { formatUsd } from "@/lib/format";

export type LedgerTotal = Readonly<{ name: string; why?: string; amount: bigint }>;

const ROW =
  "grid h-8 grid-cols-[130px_minmax(0,320px)_minmax(0,1fr)_110px] items-center gap-3 max-phone:h-auto max-phone:grid-cols-[1fr_auto] max-phone:gap-x-2 max-phone:border-b max-phone:border-border max-phone:pt-1.5 max-phone:pb-0.5";

/**
 * What took the cost from one total to another: a row a part (name, why, bar hung from the running total, amount).
 * Parts that are $0.00 stay; amounts are rounded (to cents; to `places` for a cost per call) so that they add up. Say where the axis starts in the panel's
 * foot: `ledgerStart(…)`. The parts must add up exactly, or it throws.
 */
export function Ledger({
  before,
  parts,
  after,
  places = 2,
}: {
  before: LedgerTotal;
  parts: readonly LedgerPart[];
  after: LedgerTotal;
  places?: number;
}) {
  const scale = scaleLedger(before.amount, parts, after.amount);
  const amounts = roundToSum([before.amount, ...parts.map(({ amount }) => amount)], 10n ** BigInt(12 - places));
  const change = amounts.slice(1).reduce((a, b) => a + b, 0n);
  const largest = maxOf(parts.map(({ amount }) => amount));
  const isCut = scale.start > 0n;
  return (
    <div className="px-4 pt-2 pb-3 max-phone:px-3.5">
      <Row name={before.name} why={before.why} isTotal>
        <Bar bar={scale.before} color="var(--foreground)" isCut={isCut} />
        <Amount>{formatUsd(amounts[0] ?? 0n, { places })}</Amount>
      </Row>
      {parts.map((part, index) => {
        const amount = amounts[index + 1] ?? 0n;
        const isHot =
          part.amount === largest && !part.isVolume && part.amount * 2n >= after.amount - before.amount && change > 0n;
        return (
          <Row key={part.key} name={part.name} why={part.why} isHot={isHot}>
            <Bar bar={scale.parts[index] ?? scale.before} color={colorOf(part, amount)} />
            <Amount tone={amount === 0n ? "text-muted-foreground" : isHot ? "font-semibold text-worse" : "text-text-2"}>
              {formatUsd(amount, { places, signed: amount !== 0n })}
            </Amount>
          </Row>
        );
      })}
      <Row name={after.name} why={after.why} isTotal>
        <Bar bar={scale.after} color="var(--foreground)" isCut={isCut} isLast />
        <Amount>{formatUsd((amounts[0] ?? 0n) + change, { places })}</Amount>
      </Row>
      <div className={cn(ROW, "mt-1 h-9 border-border-strong border-t border-b-0!")}>
        <span className="font-semibold">Change</span>
        <span className="col-span-2 max-phone:hidden" />
        <span className={cn("text-right font-semibold text-[15px]", changeTone(before.amount, change))}>
          {formatUsd(change, { places, signed: true })}
        </span>
      </div>
    </div>
  );
}

/** "Bars start at $2,500 (cut marked)", or null when they start at zero: for the foot of the panel. */
export function ledgerStart(before: bigint, parts: readonly LedgerPart[], after: bigint): string | null {
  const { start } = scaleLedger(before, parts, after);
  return start > 0n ? `Bars start at ${formatUsd(start, start >= 10n ** 12n ? { places: 0 } : {})} (cut marked)` : null;
}

/** A change of a fifth and more carries colour. */
function changeTone(before: bigint, change: bigint): string | undefined {
  if (before === 0n || (change < 0n ? -change : change) * 5n < before) return undefined;
  return change > 0n ? "text-worse" : "text-better";
}

function colorOf({ isVolume }: LedgerPart, amount: bigint): string {
  if (amount === 0n) return "var(--border-strong)";
  if (isVolume) return "var(--chart-other)";
  return amount > 0n ? "var(--worse-fill)" : "var(--better-fill)";
}

function Row({
  name,
  why,
  isTotal = false,
  isHot = false,
  children,
}: {
  name: string;
  why?: string;
  isTotal?: boolean;
  isHot?: boolean;
  children: React.ReactNode;
}) {
  return (
    <div className={ROW}>
      <span className={isTotal || isHot ? "truncate font-semibold" : "truncate font-[450]"}>{name}</span>
      <span
        title={why}
        className={cn(
          "truncate text-note max-phone:col-span-2 max-phone:row-start-2 max-phone:whitespace-normal",
          isHot ? "text-foreground" : "text-muted-foreground",
        )}
      >
        {why}
      </span>
      {children}
    </div>
  );
}

function Bar({
  bar,
  color,
  isCut = false,
  isLast = false,
}: {
  bar: LedgerBar;
  color: string;
  isCut?: boolean;
  isLast?: boolean;
}) {
  return (
    <span aria-hidden className="relative h-8 max-phone:col-span-2 max-phone:row-start-3 max-phone:h-4">
      <span
        className="absolute top-2 h-4 rounded-[1px] max-phone:top-[3px] max-phone:h-2"
        style={{ left: `${bar.left}%`, width: `${bar.width}%`, background: color }}
      />
      {isCut && (
        <span className="-skew-x-[18deg] absolute top-[5px] left-3.5 h-[22px] w-[5px] bg-card max-phone:top-0 max-phone:h-3.5" />
      )}
      {!isLast && (
        <span
          className="absolute top-6 h-4 w-0 border-border-strong border-l max-phone:hidden"
          style={{ left: `${bar.end}%` }}
        />
      )}
    </span>
  );
}

function Amount({ tone = "font-semibold", children }: { tone?: string; children: React.ReactNode }) {
  return (
    <span className={cn("text-right font-medium max-phone:col-start-2 max-phone:row-start-1", tone)}>{children}</span>
  );
}
