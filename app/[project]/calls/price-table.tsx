import { TOKEN_KINDS } from "@/components/charts/series-color";
import { Swatch } from "@/components/charts/swatch";
import { Muted } from "@/components/data-table/muted";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatDate, formatUsd } from "@/lib/format";
import { multiplierInWords, noteInWords, reasonInWords } from "./call-words";
import { findPriceRow, multipliersOf, notesOf, type PriceLine, priceLines } from "./price-lines";

const HEAD = "pb-1.5 text-right font-medium text-head text-muted-foreground first:text-left";
const CELL = "h-[27px] border-border border-b text-right first:text-left";
const SIX = { places: 6 };

/** The price of one row of a call as a ledger: tokens of each kind, their rate, the amount; then the rate's source. */
export function PriceTable({ call }: { call: Call }) {
  const lines = priceLines(call);
  const tokens = lines.reduce((sum, line) => sum + line.tokens, 0);
  const places = precisionOf(lines);
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
            <Line key={line.kind} line={line} look={TOKEN_KINDS[at]} call={call} places={places} />
          ))}
          {call.webSearchRequests > 0 && (
            <tr>
              <td className={CELL}>Web searches</td>
              <td className={CELL}>{formatCount(call.webSearchRequests)}</td>
              <td className={CELL}>
                <Muted>a search</Muted>
              </td>
              <td className={CELL}>
                {call.webSearchCostUsdPicos === null ? (
                  <Muted>unpriced</Muted>
                ) : (
                  formatUsd(call.webSearchCostUsdPicos, places)
                )}
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr className="font-semibold [&>td]:h-[27px] [&>td]:border-foreground [&>td]:border-t [&>td]:border-b-[3px] [&>td]:border-b-double">
            <td>Total</td>
            <td className="text-right">{formatCount(tokens)}</td>
            <td />
            <td className="text-right">
              {call.costUsdPicos === null ? "unpriced" : formatUsd(call.costUsdPicos, places)}
            </td>
          </tr>
        </tfoot>
      </table>
      <PriceSource call={call} />
    </>
  );
}

/** Six decimals; all twelve when an amount is too small, or too exact, for six: the lines must add up as they stand. */
function precisionOf(lines: readonly PriceLine[]) {
  return lines.every(({ amount }) => amount === null || amount % 1_000_000n === 0n) ? SIX : { places: 9 };
}

type LineProps = {
  line: PriceLine;
  look: (typeof TOKEN_KINDS)[number] | undefined;
  call: Call;
  places: { places: number };
};

function Line({ line: { tokens, perMtok, amount }, look, call, places }: LineProps) {
  const noRate =
    call.priceTier === "mixed" ? "mixed" : call.pricingStatus === "not_billable" ? "not billed" : "no rate";
  return (
    <tr>
      <td className={CELL}>
        <Swatch color={look?.color ?? "var(--chart-other)"} />
        {look?.label}
      </td>
      <td className={CELL}>{tokens === 0 ? <Muted>0</Muted> : formatCount(tokens)}</td>
      <td className={`${CELL} text-text-2`}>{perMtok === null ? <Muted>{noRate}</Muted> : formatRate(perMtok)}</td>
      <td className={`${CELL} font-medium`}>
        {amount === null ? (
          <Muted>unpriced</Muted>
        ) : tokens === 0 ? (
          <Muted>{formatUsd(0n, places)}</Muted>
        ) : (
          formatUsd(amount, places)
        )}
      </td>
    </tr>
  );
}

/** Cents, or as many places as the rate has: `$0.0375`. */
function formatRate(picos: bigint): string {
  const places = [2, 3, 4, 5].find((count) => picos % 10n ** BigInt(12 - count) === 0n) ?? 6;
  return formatUsd(picos, { places });
}

function PriceSource({ call }: { call: Call }) {
  const row = findPriceRow(call);
  const day = (text: string) => formatDate(new Date(`${text}T00:00:00Z`));
  const multipliers = multipliersOf(call);
  return (
    <div className="mt-2 grid gap-1 text-muted-foreground text-note">
      {row && (
        <p>
          Rates: <span className="mono">{row.model}</span>
          {row.fast && ", fast mode"}
          {call.priceTier?.includes("long") &&
            row.longPrompt &&
            `, prompt over ${formatCount(row.longPrompt.above)} tokens`}
          , valid from {day(row.from)}
          {row.to && ` to ${day(row.to)}`}. {sentence(call.serviceTier)} tier,{" "}
          {multipliers.length === 0 ? "no multiplier" : multipliers.map(multiplierInWords).join("; ")}. Source:{" "}
          <Sources sources={row.sources} />.{row.note && ` ${row.note}`}
        </p>
      )}
      {!row && call.priceId && (
        <p>
          Priced by <span className="mono">{call.priceId}</span>, which this release no longer lists.
        </p>
      )}
      {call.pricingReason && <p>{sentence(reasonInWords(call.pricingReason))}.</p>}
      {notesOf(call).map((note) => (
        <p key={note}>{noteInWords(note)}</p>
      ))}
    </div>
  );
}

const sentence = (text: string) => text.replace(/^./, (first) => first.toUpperCase());

function Sources({ sources }: { sources: readonly string[] }) {
  return sources.map((source, at) => (
    <span key={source}>
      {at > 0 && ", "}
      {/^https:\/\//.test(source) ? (
        <a className="link" href={source} rel="noreferrer" target="_blank">
          {new URL(source).hostname}
        </a>
      ) : (
        source
      )}
    </span>
  ));
}
