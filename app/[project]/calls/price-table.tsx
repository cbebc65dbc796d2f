import type { ReactNode } from "react";
import { TOKEN_KINDS } from "@/components/charts/series-color";
import { Swatch } from "@/components/charts/swatch";
import { Muted } from "@/components/data-table/muted";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatPercent, formatUsd } from "@/lib/format";
import { toDecimal } from "@/lib/money";
import { productOf } from "@/lib/pricing/multiplier";
import { formatCallUsd } from "./call-words";
import type { PriceExplanation, PriceLine, PriceTerm } from "./price-lines";

const HEAD = "pb-1.5 text-right font-medium text-head text-muted-foreground first:text-left";
const CELL = "h-[27px] border-border border-b py-1 text-right align-top leading-[18px] first:text-left";
const UNDER = "block text-muted-foreground text-note leading-[15px]";

/** The price of one row of a call as a ledger: count × rate × factor, line by line, then list price and saving. */
export function PriceTable({ call, explanation: { lines } }: { call: Call; explanation: PriceExplanation }) {
  const { costUsdPicos: cost, listCostUsdPicos: listed } = call;
  const tokens = lines.reduce((sum, { kind, count }) => sum + (kind === "webSearch" ? 0 : count), 0);
  return (
    <>
      <table aria-label={`Price of ${call.model}`} className="mt-2.5 w-full border-collapse text-[12.5px]">
        <thead>
          <tr>
            <th className={HEAD}>Token kind</th>
            <th className={HEAD}>Tokens</th>
            <th className={HEAD}>$/MTok</th>
            <th className={HEAD}>Amount</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <Line key={line.kind} line={line} look={TOKEN_KINDS[at]} call={call} />
          ))}
        </tbody>
        <tfoot>
          <tr className="font-semibold [&>td]:h-[27px] [&>td]:border-foreground [&>td]:border-t [&>td]:border-b-[3px] [&>td]:border-b-double">
            <td>{cost === null || cost === listed ? "Total" : "By contract"}</td>
            <td className="text-right">{formatCount(tokens)}</td>
            <td />
            <td className="text-right">{cost === null ? "unpriced" : <Amount picos={cost} />}</td>
          </tr>
          {cost !== null && cost !== listed && <AgainstList cost={cost} listed={listed} />}
        </tfoot>
      </table>
      {lines.some(({ isRounded }) => isRounded) && (
        <p className="mt-2 text-muted-foreground text-note">
          By contract, each amount is rounded once, half up, to the twelfth place.
        </p>
      )}
    </>
  );
}

/** Six places; the title has all of them, and adds up to the last digit. */
function Amount({ picos }: { picos: bigint }) {
  return <span title={formatUsd(picos, { places: 12 })}>{formatCallUsd(picos)}</span>;
}

function AgainstList({ cost, listed }: { cost: bigint; listed: bigint | null }) {
  const row = "[&>td]:h-[25px] text-text-2";
  if (listed === null) {
    return (
      <tr className={row}>
        <td colSpan={3}>List price</td>
        <td className="text-right">
          <Muted>not in the book</Muted>
        </td>
      </tr>
    );
  }
  const saved = listed - cost;
  const share = listed === 0n ? null : formatPercent(Math.abs(Number(saved) / Number(listed)));
  return (
    <>
      <tr className={row}>
        <td colSpan={3}>List price</td>
        <td className="text-right">
          <Amount picos={listed} />
        </td>
      </tr>
      <tr className={row}>
        <td colSpan={3}>
          {saved < 0n ? "Paid on top" : "Saved"}
          {share && <span className="text-muted-foreground">, {share} of it</span>}
        </td>
        <td className="text-right">
          <Amount picos={saved < 0n ? -saved : saved} />
        </td>
      </tr>
    </>
  );
}

type LineProps = {
  line: PriceLine /** None for web searches, which are the last line. */;
  look: (typeof TOKEN_KINDS)[number] | undefined;
  call: Call;
};

function Line({ line, look, call }: LineProps) {
  const { count, terms, factors, amount } = line;
  const isSearch = line.kind === "webSearch";
  const hasFactor = terms !== null && count > 0 && factors.length > 0;
  return (
    <tr>
      <td className={CELL}>
        <Swatch color={look?.color ?? "var(--chart-other)"} />
        {look?.label ?? "Web searches"}
      </td>
      <td className={CELL}>
        {count === 0 ? <Muted>0</Muted> : each(terms?.map((term) => term.count) ?? [count], formatCount)}
      </td>
      <td className={`${CELL} text-text-2`}>
        {terms === null ? (
          <Muted>{call.pricingStatus === "not_billable" ? "not billed" : "no rate"}</Muted>
        ) : (
          each(terms, (term) => (
            <Rate term={term} isSearch={isSearch} isNamed={call.priceTier === "mixed" && count > 0} />
          ))
        )}
        {hasFactor && <span className={UNDER}>× {factorOf(line)}</span>}
      </td>
      <td className={`${CELL} font-medium`}>{amount === null ? <Muted>unpriced</Muted> : <Amount picos={amount} />}</td>
    </tr>
  );
}

/** One under another, in the order of the parts. */
function each<T>(values: readonly T[], show: (value: T) => ReactNode) {
  return values.map((value, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list that never changes
    <span key={at} className="block">
      {show(value)}
    </span>
  ));
}

function Rate({ term: { rate, tier }, isSearch, isNamed }: { term: PriceTerm; isSearch: boolean; isNamed: boolean }) {
  if (isSearch) return `${formatRate(rate)} each`;
  return (
    <>
      {isNamed && tier && <span className="text-muted-foreground">{tier.replace("_", " ")} </span>}
      {formatRate(rate * 1_000_000n)}
    </>
  );
}

/** All factors of a line as one exact decimal. */
function factorOf({ factors }: PriceLine): string {
  const { numerator, denominator } = productOf(factors);
  return toDecimal(numerator * 10n, denominator.toString().length);
}

/** Cents, or as many places as the rate has: `$0.0375`. */
function formatRate(picos: bigint): string {
  const places = [2, 3, 4, 5].find((count) => picos % 10n ** BigInt(12 - count) === 0n) ?? 6;
  return formatUsd(picos, { places });
}
