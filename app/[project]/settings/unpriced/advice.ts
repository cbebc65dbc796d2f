import type { UnpricedCause } from "@/lib/calls/explain-unpriced";

/** What an owner can do about calls without a price: a link to the form that does it, filled in. */
export type Remedy = Readonly<{ label: string; href: string }>;
export type Advice = Readonly<{ text: string; remedies: readonly Remedy[] }>;

type Kind = "alias" | "rates" | "adjustment";

const NO_OVERRIDE = "No override of the contract can say it yet: the calls stay counted, and in no total.";

const ADVICE: Readonly<Record<string, Readonly<{ text: string; kinds: readonly Kind[] }>>> = {
  unknown_model: {
    text: "Nothing is priced by a similar name. Say which model it is, or what it costs.",
    kinds: ["alias", "rates"],
  },
  platform_not_priced: {
    text: "The model's list price is known elsewhere only. Say what this platform adds to it, or what the model costs here.",
    kinds: ["adjustment", "rates"],
  },
  no_price_on_date: { text: "Give it rates for these days.", kinds: ["rates"] },
  no_rate: { text: "Give it rates that cover these tokens too.", kinds: ["rates"] },
  usage_unknown: {
    text: "Nobody counted their tokens: the answer was cut, or its stream told none. OpenAI's chat streams tell it when asked for stream_options.include_usage.",
    kinds: [],
  },
  priority_tier_commitment: {
    text: "The commitment is billed apart. What a single call of it costs is not defined.",
    kinds: [],
  },
};

type Cause = Pick<UnpricedCause, "reason" | "sentModel" | "platform">;

/** What can be done about calls that have no price for a reason. */
export function adviceFor({ reason, sentModel, platform }: Cause, contractPath: string): Advice {
  const { text, kinds } = ADVICE[reason.replace(/^no_rate_for_.+$/, "no_rate")] ?? { text: NO_OVERRIDE, kinds: [] };
  const href = (params: Readonly<Record<string, string>>) => `${contractPath}?${new URLSearchParams(params)}`;
  const remedies: Readonly<Record<Kind, Remedy>> = {
    alias: { label: "It is another name of…", href: href({ new: "alias", model: sentModel }) },
    rates: { label: "Give it a price", href: href({ new: "rates", model: sentModel }) },
    adjustment: { label: "Set what the platform adds", href: href({ new: "adjustment", platform }) },
  };
  return { text, remedies: kinds.map((kind) => remedies[kind]) };
}
