import { roundToSum } from "@/components/charts/ledger-scale";
import { TOKEN_KINDS as KIND_LOOKS } from "@/components/charts/series-color";
import { Swatch } from "@/components/charts/swatch";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelBody } from "@/components/shell/panel";
import { formatCount, formatUsd } from "@/lib/format";
import type { PriceBook } from "@/lib/pricing/book";
import { DAYS_PER_MONTH, effectiveRate, toCount, toPicos } from "@/lib/pricing/estimate";
import { TOKEN_KINDS } from "@/lib/pricing/schema";
import { multiplierInWords, noteInWords } from "../calls/call-words";
import { monthOf, type Priced } from "./amounts";
import { PriceSources } from "./price-sources";
import type { CalculatorQuestion } from "./question";

const HEAD = "pb-1.5 text-right font-medium text-head text-muted-foreground first:text-left";
const CELL = "h-[27px] border-border border-b text-right first:text-left";
const SUM = "[&>td]:h-[27px] [&>td]:text-right [&>td:first-child]:text-left";
const PLACES = 6;

type Props = Readonly<{ question: CalculatorQuestion; chosen: Priced; book: PriceBook }>;

/** How the cost of the chosen model adds up: kinds × rates = a call, × calls × days × margins = a month. */
export function CostLedger({ question, chosen: { model, perCall, calls }, book }: Props) {
  const places = toPicos(perCall.total) < 100_000_000n ? 9 : PLACES;
  const exact = [...TOKEN_KINDS.map((kind) => perCall.cost[kind]), perCall.cost.webSearch];
  // Rounded so that the lines add up to the total as they stand.
  const amounts = roundToSum(
    exact.map((amount) => toPicos(amount)),
    10n ** BigInt(12 - places),
  );
  const usd = (picos: bigint) => formatUsd(picos, { places });
  const lines = calls.flatMap((call) => call.lines);
  const unique = (texts: readonly string[]) => [...new Set(texts)];
  return (
    <Panel
      title="How it adds up"
      question={
        <>
          A call on <span className="mono">{model}</span>, the mean of all that are made
        </>
      }
    >
      <PanelBody>
        <table aria-label={`Cost of a call on ${model}`} className="w-full border-collapse text-[12.5px]">
          <thead>
            <tr>
              <th className={HEAD}>Token kind</th>
              <th className={HEAD}>Tokens</th>
              <th className={HEAD}>$/MTok</th>
              <th className={HEAD}>Amount</th>
            </tr>
          </thead>
          <tbody>
            {TOKEN_KINDS.map((kind, at) => {
              const rate = effectiveRate(perCall.cost[kind], perCall.tokens[kind]);
              return (
                <tr key={kind}>
                  <td className={CELL}>
                    <Swatch color={KIND_LOOKS[at]?.color ?? "var(--chart-other)"} />
                    {KIND_LOOKS[at]?.label}
                  </td>
                  <td className={CELL}>
                    {rate === null ? <Muted>none</Muted> : formatTokens(toCount(perCall.tokens[kind]))}
                  </td>
                  <td className={`${CELL} text-text-2`}>{rate === null ? null : formatRate(rate)}</td>
                  <td className={`${CELL} font-medium`}>
                    {rate === null ? <Muted>none</Muted> : usd(amounts[at] ?? 0n)}
                  </td>
                </tr>
              );
            })}
            {perCall.webSearches > 0n && (
              <tr>
                <td className={CELL}>Web searches</td>
                <td className={CELL}>{formatTokens(toCount(perCall.webSearches))}</td>
                <td className={CELL}>
                  <Muted>a search</Muted>
                </td>
                <td className={CELL}>{usd(amounts.at(-1) ?? 0n)}</td>
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr className={`${SUM} font-semibold [&>td]:border-t [&>td]:border-t-border-strong`}>
              <td colSpan={3}>A call</td>
              <td>{usd(toPicos(perCall.total))}</td>
            </tr>
            <tr className={SUM}>
              <td colSpan={3}>
                × {formatCount(question.callsPerDay)} calls a day × {String(DAYS_PER_MONTH)} days
              </td>
              <td>{formatUsd(monthOf(perCall.total, { ...question, margins: [] }), { places: 2 })}</td>
            </tr>
            {question.margins.map(({ key, label, numerator, denominator }, at) => (
              <tr key={key} className={SUM}>
                <td colSpan={3}>
                  × {Number(numerator) / Number(denominator)} {label.toLowerCase()}
                </td>
                <td>
                  {formatUsd(monthOf(perCall.total, { ...question, margins: question.margins.slice(0, at + 1) }), {
                    places: 2,
                  })}
                </td>
              </tr>
            ))}
            <tr
              className={`${SUM} font-semibold [&>td]:border-foreground [&>td]:border-t [&>td]:border-b-[3px] [&>td]:border-b-double`}
            >
              <td colSpan={3}>A month</td>
              <td>{formatUsd(monthOf(perCall.total, question), { places: 2 })}</td>
            </tr>
          </tfoot>
        </table>
        <div className="mt-2 grid gap-1 text-muted-foreground text-note">
          <PriceSources ids={unique(lines.flatMap(({ priceId }) => priceId ?? []))} book={book} />
          {unique(lines.flatMap(({ multipliers }) => multipliers)).map((label) => (
            <p key={label}>Modifier: {multiplierInWords(label)}.</p>
          ))}
          {unique(lines.flatMap(({ notes }) => notes)).map((note) => (
            <p key={note}>{noteInWords(note)}</p>
          ))}
          <p>Shares and margins are exact; every amount is rounded once, to what is shown.</p>
        </div>
      </PanelBody>
    </Panel>
  );
}

/** A mean may be a fraction of a token. */
function formatTokens(count: number): string {
  const fraction = Math.round((count % 1) * 100);
  return `${formatCount(Math.floor(count))}${fraction > 0 ? `.${String(fraction).padStart(2, "0")}` : ""}`;
}

/** Cents, or as many places as the rate has, six at most. */
function formatRate(picos: bigint): string {
  const places = [2, 3, 4, 5].find((count) => picos % 10n ** BigInt(12 - count) === 0n) ?? 6;
  return formatUsd(picos, { places });
}
