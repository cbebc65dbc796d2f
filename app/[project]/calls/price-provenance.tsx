import Link from "next/link";
import type { ReactNode } from "react";
import type { PriceOrigin } from "@/lib/calls/price-origin";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatDate } from "@/lib/format";
import { toDecimal } from "@/lib/money";
import type { PriceRow } from "@/lib/pricing/book";
import type { Override } from "@/lib/pricing/contract";
import { storeOverride } from "@/lib/pricing/contract-schema";
import { describeOverride, lastDayOf } from "@/lib/pricing/contract-words";
import { modelHref } from "../settings/prices/price-query";
import type { View } from "../view";
import { multiplierInWords, noteInWords } from "./call-words";
import { notesOf, type PriceExplanation, type PriceFactor } from "./price-lines";

type Props = {
  call: Call;
  view: View;
  origin: PriceOrigin;
  explanation: PriceExplanation;
  /** A viewer sees by how much a contract changes a price, not its terms. */
  mayReadContract: boolean;
};

const day = (text: string) => formatDate(new Date(`${text}T00:00:00Z`));

/** Days are kept with an exclusive end, and read with an inclusive one. */
function days(entry: Readonly<{ from: string; to: string | null }>): string {
  const last = lastDayOf(entry);
  return `from ${day(entry.from)}${last === null ? "" : ` to ${day(last)}`}`;
}

/** Where a price comes from: the row of the book and its source, the contract, the version, and what was assumed. */
export function PriceProvenance(props: Props) {
  const { call, explanation } = props;
  const { row, own, factors, parts } = explanation;
  const assumed = [...notesOf(call).map(noteInWords), ...(ASSUMED_OF_SOURCE[call.usageSource] ?? [])];
  const ofContract = factors.filter(({ name }) => name === "contract");
  return (
    <dl aria-label="Where the price comes from" className="mt-3 grid grid-cols-[76px_1fr] gap-x-3 gap-y-1.5 text-note">
      {row && (
        <Fact name="Rates">
          <Rates {...props} row={row} />
        </Fact>
      )}
      {own && (
        <Fact name="Rates">
          Your own for <span className="mono">{own.model}</span>
          {own.platform && ` on ${own.platform}`}, <Terms {...props} override={own} />
        </Fact>
      )}
      {!row && !own && call.priceId && (
        <Fact name="Rates">
          <span className="mono">{call.priceId}</span>, which is no longer kept
        </Fact>
      )}
      {call.priceId && <Fact name="Modifiers">{modifiers(call, factors)}</Fact>}
      {parts.length > 0 && (
        <Fact name="Parts">
          {parts.length} prompts, each on the rates of its own length:{" "}
          {parts.map(({ promptTokens, tier }) => `${formatCount(promptTokens)} ${tier.replace("_", " ")}`).join(", ")}
        </Fact>
      )}
      {ofContract.map((factor) => (
        <Fact key={factor.label} name="Contract">
          <Discount {...props} factor={factor} />
        </Fact>
      ))}
      {call.sentModel && (
        <Fact name="Sent as">
          <span className="mono break-all">{call.sentModel}</span>
        </Fact>
      )}
      {assumed.length > 0 && (
        <Fact name={call.pricingStatus === "estimated" ? "Assumed" : "Notes"}>
          {assumed.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Fact>
      )}
      <Fact name="Priced by">
        <Version {...props} />
      </Fact>
      {call.repriceRun !== null && (
        <Fact name="Re-priced">
          <Repriced {...props} run={call.repriceRun} />
        </Fact>
      )}
    </dl>
  );
}

const ASSUMED_OF_SOURCE: Readonly<Record<string, readonly string[]>> = {
  estimated: ["The client estimated these token counts itself."],
  telemetry: [
    "Telemetry does not say tier and place: priced as standard and global where the call does not tell otherwise.",
  ],
};

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 text-text-2">{children}</dd>
    </>
  );
}

function Rates({ call, view, row, explanation: { model } }: Props & { row: PriceRow }) {
  const on = call.occurredAt.toJSON().slice(0, 10);
  const href = modelHref(view.base, new URLSearchParams({ on }), row.model);
  const pages = row.sources.filter((source) => ADDRESS.test(source));
  const cited = pages.length > 0 ? pages : row.sources.slice(0, 1);
  const rest = row.sources.filter((source) => !cited.includes(source));
  return (
    <>
      <Link className="link mono" href={href} title={row.id}>
        {row.model}
      </Link>
      {row.fast && ", fast mode"}
      {call.priceTier?.includes("long") &&
        row.longPrompt &&
        `, prompt over ${formatCount(row.longPrompt.above)} tokens`}
      , valid {days(row)}. Source: <Sources sources={cited} />
      {model && `, checked ${day(model.checkedOn)}`}.
      {(rest.length > 0 || row.note) && (
        <details>
          <summary className="cursor-pointer text-muted-foreground">More on these rates</summary>
          {row.note && <p>{row.note}</p>}
          {rest.length > 0 && (
            <p>
              Also seen in <Sources sources={rest} />
            </p>
          )}
        </details>
      )}
    </>
  );
}

function modifiers({ serviceTier }: Call, factors: readonly PriceFactor[]): string {
  const ofList = factors.filter(({ name }) => name !== "contract");
  const words = ofList.map(({ label }) => multiplierInWords(label));
  const tier = `${serviceTier.replace(/^./, (first) => first.toUpperCase())} tier`;
  return `${tier}, ${words.length === 0 ? "no multiplier" : words.join(", ")}`;
}

const decimalOf = ({ numerator, denominator }: PriceFactor) =>
  toDecimal(numerator * 10n, denominator.toString().length);

function Discount({ factor, ...props }: Props & { factor: PriceFactor }) {
  const { override } = factor;
  if (!override || !props.mayReadContract) return `× ${decimalOf(factor)} on the list price`;
  return (
    <>
      × {decimalOf(factor)}: {describeOverride(storeOverride(override))}, <Terms {...props} override={override} />
    </>
  );
}

/** The days of a term, what it is for in the project's own words, and the way to it. */
function Terms({ view, mayReadContract, override }: Props & { override: Override }) {
  if (!mayReadContract) return days(override);
  return (
    <>
      {days(override)}
      {override.note && `, “${override.note}”`},{" "}
      <Link className="link mono" href={`${view.base}/settings/contract`}>
        {override.id}
      </Link>
    </>
  );
}

function Version({ call, origin: { version, prices }, mayReadContract }: Props) {
  if (!version) return `Price book ${prices.book.version}, before versions were kept`;
  return (
    <>
      Version {call.priceVersion} of {formatDate(version.at)}
      {mayReadContract && version.by && ` by ${version.by}`}
      {mayReadContract && `: ${version.reason}`}
      {!version.reason.includes(version.bookVersion) && `. Price book ${version.bookVersion}`}
    </>
  );
}

function Repriced({ call, view, run, origin: { reprice }, mayReadContract }: Props & { run: number }) {
  const name = `run ${run}`;
  return (
    <>
      By{" "}
      {mayReadContract ? (
        <Link className="link" href={`${view.base}/settings/reprice/${run}`}>
          {name}
        </Link>
      ) : (
        name
      )}
      {reprice?.at && ` of ${formatDate(reprice.at)}`}
      {mayReadContract && reprice?.by && ` by ${reprice.by}`}
      {mayReadContract && reprice && `: ${reprice.reason}`}
      {call.formerPriceVersion !== null && `. Before that by version ${call.formerPriceVersion}`}
    </>
  );
}

const ADDRESS = /^(?:https:\/\/)?([a-z0-9.-]+\.[a-z]{2,})\/\S*$/i;

/** Where the price was read: an address as a link by its host, anything else as it is cited. */
function Sources({ sources }: { sources: readonly string[] }) {
  return sources.map((source, at) => {
    const [, host] = ADDRESS.exec(source) ?? [];
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
