import { dayBefore } from "@/lib/period";
import type { StoredOverride } from "@/lib/pricing/contract-schema";

/** Names of the five rates, in the order in which they are always shown. */
export const RATE_NAMES = {
  input: "input",
  cache_create_5m: "5 min write",
  cache_create_1h: "1 h write",
  cache_read: "cache read",
  output: "output",
} as const;
export type RateName = keyof typeof RATE_NAMES;
export const RATES = Object.keys(RATE_NAMES) as RateName[];

/** What an override applies to: `claude-opus-5 on bedrock`, `all models of openai`, `everything`. */
export function subjectOf(override: StoredOverride): string {
  if (override.kind === "alias") return override.model;
  const { model, platform } = override;
  const provider = override.kind === "adjustment" ? override.provider : null;
  const what = model ?? (provider === null ? null : `all models of ${provider}`);
  if (platform === null) return what ?? "everything";
  return `${what ?? "everything"} on ${platform}`;
}

/** What an override says of it: `12.5% off the list price`, `priced as claude-opus-5`, `input $4.00, output $20.00…`. */
export function termsOf(override: StoredOverride): string {
  if (override.kind === "alias") return `priced as ${override.target}`;
  if (override.kind === "adjustment") {
    const { percent } = override;
    return percent.startsWith("-") ? `${percent.slice(1)}% off the list price` : `${percent}% on top of the list price`;
  }
  const { rates } = override;
  const charged = RATES.flatMap((name) => {
    const rate = rates[name];
    return rate === null ? [] : [`${RATE_NAMES[name]} ${withCents(rate)}`];
  });
  return `${charged.join(", ")} per million tokens`;
}

/** A decimal of dollars with its cents: `0.2` is `$0.20`, `0.125` stays. */
export function withCents(decimal: string): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return `$${whole}.${fraction.padEnd(2, "0")}`;
}

/** One override in one line, without its days: for reasons, refusals and the list of versions. */
export function describeOverride(override: StoredOverride): string {
  const verb = { rates: "own rates", adjustment: "", alias: "alias" }[override.kind];
  const subject = `${verb} ${subjectOf(override)}`.trim();
  return override.kind === "alias" ? `${subject}, ${termsOf(override)}` : `${subject}: ${termsOf(override)}`;
}

/** The last day on which it holds; null while it has no end. */
export function lastDayOf({ to }: Pick<StoredOverride, "to">): string | null {
  return to === null ? null : dayBefore(to);
}
