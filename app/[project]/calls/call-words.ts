import type { Call } from "@/lib/calls/read";
import { formatUsd } from "@/lib/format";

const VALUES: Readonly<Record<string, string>> = {
  rate_limited: "429",
  not_billable: "not billed",
};

/** A value of a closed list in words. */
export const callValue = (value: string) => VALUES[value] ?? value;

/** What a pricing status is called. */
export const PRICING_WORDS: Readonly<Record<string, string>> = {
  priced: "Priced",
  estimated: "Estimated",
  unpriced: "Unpriced",
  not_billable: "Not billed",
};

const REASONS: Readonly<Record<string, string>> = {
  unknown_model: "no price is known for this model",
  platform_not_priced: "no price is known for this model on this platform",
  no_price_on_date: "the price book has no price of this model for that day",
  fast_not_priced: "fast mode has no price for this model",
  speed_not_priced: "this speed has no price",
  inference_geo_not_priced: "this inference geography has no price",
  service_tier_not_priced: "this service tier has no price",
  priority_tier_commitment: "priority tier is paid by commitment, not by token",
  audio_not_priced: "audio tokens have no price in the book",
  usage_unknown: "the answer was cut before its usage was told",
  cost_out_of_range: "it would cost more than $9.2M: look at its tokens and at the rates of the contract",
  web_search_not_priced: "the fee of a web search is not known for this provider",
  http_error: "the provider does not bill a request that failed",
  declined_before_output: "declined before any output: the provider does not bill it",
};

/** Why a call is unpriced or not billed, in words. */
export function reasonInWords(reason: string): string {
  const kind = /^no_rate_for_(.+)$/.exec(reason)?.[1];
  if (kind) return `the provider names no price for ${kind.replaceAll("_", " ")} tokens of this model`;
  return REASONS[reason] ?? reason.replaceAll("_", " ");
}

const NOTES: Readonly<Record<string, string>> = {
  "no_ttl_split:assumed_5m": "Cache writes came without their TTL: priced as 5 minute writes.",
  "ttl_split_incomplete:rest_5m": "Some cache writes came without their TTL: the rest priced as 5 minute writes.",
  incomplete_stream: "The stream ended early: these are the tokens counted until then.",
  tier_ambiguous: "Several samplings were added up: whether one passed the long prompt limit cannot be told.",
  price_change_day: "The price changed on this day; providers publish days, never hours.",
  by_alias: "Sent under another name: an alias of the contract says which model it is.",
  "declined_before_output:not_billed": "An attempt was declined before any output and is not billed.",
};

const USAGE_SOURCES: Readonly<Record<string, string>> = {
  provider: "the provider's usage object",
  telemetry: "counts told by telemetry",
  estimated: "usage estimated by the client",
};

const CONVENTIONS: Readonly<Record<string, string>> = {
  inclusive: ", input including cached tokens",
  exclusive: ", input without cached tokens",
  inferred: ", input taken as without cached tokens since it is less than those",
};

/** Where the counts are from, and how their sender counts input. */
export function usageInWords({ usageSource, usageConvention }: Pick<Call, "usageSource" | "usageConvention">): string {
  return (USAGE_SOURCES[usageSource] ?? usageSource) + (CONVENTIONS[usageConvention ?? ""] ?? "");
}

/** What was assumed or noticed in pricing, as a sentence. */
export function noteInWords(note: string): string {
  const platform = /^(.+)_endpoint_unknown:assumed_regional$/.exec(note)?.[1];
  if (platform) return `The ${platform} endpoint was not said: priced as regional.`;
  return NOTES[note] ?? `${note.replaceAll("_", " ").replace(":", ": ")}.`;
}

const MODIFIERS: Readonly<Record<string, string>> = {
  batch: "batch",
  us: "inference in the US only",
  regional: "regional endpoint",
};

/** A multiplier in words: `us_1.1` is "inference in the US only × 1.1". */
export function multiplierInWords(label: string): string {
  const [, name = label, factor] = /^(.+)_([\d.]+)$/.exec(label) ?? [];
  const words = MODIFIERS[name] ?? (name.startsWith("contract/") ? `contract ${name.slice("contract/".length)}` : name);
  return factor === undefined ? words : `${words} × ${factor}`;
}

/** What a call or a line of it costs: six places, and two digits of what six would round to nothing. */
export function formatCallUsd(picos: bigint): string {
  return formatUsd(picos, picos !== 0n && picos < 500_000n ? {} : { places: 6 });
}
