import { roundToSum } from "@/components/charts/ledger-scale";
import { TOKEN_KINDS } from "@/components/charts/series-color";
import { Swatch } from "@/components/charts/swatch";
import { Muted } from "@/components/data-table/muted";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatDate, formatUsd } from "@/lib/format";
import { multiplierInWords, noteInWords, reasonInWords } from "./call-words";
import { findPriceRow, multipliersOf, notesOf, type PriceLine, priceLines } from "./price-lines";

const HEAD = "pb-1.5 text-right font-medium text-head text-muted-foreground first:text-left";
const CELL = "h-[27px] border-border border-b text-right first:text-left";

/** The price of one row of a call as a ledger: tokens of each kind, their rate, the amount; then the rate's source. */
export function PriceTable({ call }: { call: Call }) {
  const lines = priceLines(call);
  const tokens = lines.reduce((sum, line) => sum + line.tokens, 0);
  const places = placesOf(call);
  // Rounded so that the lines add up to the total as they stand.
  const amounts = roundToSum(
    [...lines.map(({ amount }) => amount ?? 0n), call.webSearchCostUsdPicos ?? 0n],
    10n ** BigInt(12 - places),
  );
  const usd = (picos: bigint) => formatUsd(picos, { places });
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
            <Line key={line.kind} line={line} look={TOKEN_KINDS[at]} call={call} amount={usd(amounts[at] ?? 0n)} />
          ))}
          {call.webSearchRequests > 0 && (
            <tr>
              <td className={CELL}>Web searches</td>
              <td className={CELL}>{formatCount(call.webSearchRequests)}</td>
              <td className={CELL}>
                <Muted>a search</Muted>
              </td>
              <td className={CELL}>
                {call.webSearchCostUsdPicos === null ? <Muted>unpriced</Muted> : usd(amounts.at(-1) ?? 0n)}
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr className="font-semibold [&>td]:h-[27px] [&>td]:border-foreground [&>td]:border-t [&>td]:border-b-[3px] [&>td]:border-b-double">
            <td>Total</td>
            <td className="text-right">{formatCount(tokens)}</td>
            <td />
            <td className="text-right">{call.costUsdPicos === null ? "unpriced" : usd(call.costUsdPicos)}</td>
          </tr>
        </tfoot>
      </table>
      <PriceSource call={call} />
    </>
  );
}

/** Six decimals; nine where the whole call cost less than a hundredth of a cent. */
const placesOf = ({ costUsdPicos }: Call) => (costUsdPicos !== null && costUsdPicos < 100_000_000n ? 9 : 6);

type LineProps = { line: PriceLine; look: (typeof TOKEN_KINDS)[number] | undefined; call: Call; amount: string };

function Line({ line, look, call, amount }: LineProps) {
  const noRate =
    call.priceTier === "mixed" ? "mixed" : call.pricingStatus === "not_billable" ? "not billed" : "no rate";
  return (
    <tr>
      <td className={CELL}>
        <Swatch color={look?.color ?? "var(--chart-other)"} />
        {look?.label}
      </td>
      <td className={CELL}>{line.tokens === 0 ? <Muted>0</Muted> : formatCount(line.tokens)}</td>
      <td className={`${CELL} text-text-2`}>
        {line.perMtok === null ? <Muted>{noRate}</Muted> : formatRate(line.perMtok)}
      </td>
      <td className={`${CELL} font-medium`}>
        {line.amount === null ? <Muted>unpriced</Muted> : line.tokens === 0 ? <Muted>{amount}</Muted> : amount}
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

/** Where the price was read: an address as a link by its host, anything else as it is cited. */
function Sources({ sources }: { sources: readonly string[] }) {
  return sources.map((source, at) => {
    const [, host] = /^(?:https:\/\/)?([a-z0-9.-]+\.[a-z]{2,})\/\S*$/i.exec(source) ?? [];
    return (
      <span key={source}>
        {at > 0 && ", "}
        {host ? (
          <a
            className="link"
            href={source.replace(/^(?:https:\/\/)?/, "https://")}
            rel="noreferrer"
            target="_blank"
            title={source}
          >
            {host}
          </a>
        ) : (
          source
        )}
      </span>
    );
  });
}
