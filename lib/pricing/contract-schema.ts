import { z } from "zod";
import { parseUsd, toDecimal } from "@/lib/money";
import type { Override } from "@/lib/pricing/contract";
import { canonicalPlace } from "@/lib/pricing/platform";

/** Dearer than any model sold: more is a slip of the unit (dollars for a million tokens). */
const MAX_USD_PER_MTOK = 10_000n;
const MAX_RATE_PLACES = 6;
const MAX_PERCENT_PLACES = 4;
/** As long as a call may name its model, and its platform. */
const MAX_MODEL = 200;
const MAX_PLACE = 64;
const MAX_NOTE = 500;
export const MAX_OVERRIDES = 500;

const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d+))?$/;
/** What jsonb cannot hold. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const CONTROL = /[\p{Cc}\p{Surrogate}]/u;

type Decimal = Readonly<{ isNegative: boolean; whole: bigint; fraction: string }>;

/** What is wrong with a text as a decimal of so many places, whatever its size; else its parts. */
function readDecimal(text: string, maxPlaces: number): string | Decimal {
  const [, sign, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return "Must be a plain decimal with a point, such as 12.5";
  if (fraction.length > maxPlaces) return `Has ${fraction.length} decimals: at most ${maxPlaces} are accepted`;
  return { isNegative: sign === "-", whole: BigInt(whole), fraction };
}

function rateProblem(text: string): string | null {
  if (text === "") return "Missing: give a rate, or say that there is none";
  const read = readDecimal(text, MAX_RATE_PLACES);
  if (typeof read === "string") return read;
  if (read.isNegative) return "Must not be negative";
  const isTooMuch = read.whole > MAX_USD_PER_MTOK || (read.whole === MAX_USD_PER_MTOK && /[1-9]/.test(read.fraction));
  return isTooMuch ? "Must be at most 10000: a rate is in USD for a million tokens" : null;
}

function percentProblem(text: string): string | null {
  const read = readDecimal(text, MAX_PERCENT_PLACES);
  if (typeof read === "string") return read;
  const { isNegative, whole, fraction } = read;
  const hasFraction = /[1-9]/.test(fraction);
  if (whole === 0n && !hasFraction) return "Must not be 0: it would change nothing";
  const limit = isNegative ? 100n : 1000n;
  if (whole < limit || (whole === limit && !hasFraction)) return null;
  return isNegative ? "A discount must be at most 100%" : "A premium must be at most 1000%";
}

/** A text that is refused with what `problemOf` says. */
function checked(problemOf: (text: string) => string | null) {
  return z
    .string("Must be a decimal, sent as text")
    .trim()
    .superRefine((text, context) => {
      const message = problemOf(text);
      if (message !== null) context.addIssue({ code: "custom", message });
    });
}

/** USD for a million tokens; six places make whole picodollars for a token. */
const rate = checked(rateProblem)
  .transform((text) => parseUsd(text) / 1_000_000n)
  .nullable();

const percent = checked(percentProblem).transform((text) => parseUsd(text) / 100_000_000n);

/** Whatever a call may give as its model, to the letter: spaces count. */
const model = z
  .string("Name a model")
  .refine((text) => text.trim() !== "", "Name a model")
  .refine((text) => [...text].length <= MAX_MODEL, `At most ${MAX_MODEL} characters`)
  .refine((text) => !UNSTORABLE.test(text), "Must not contain NUL or an unpaired surrogate");

/** A provider or platform, by any of its names: as calls are stored with it. */
const place = z
  .string()
  .trim()
  .min(1, "Leave it out, or give a name")
  .max(MAX_PLACE, `At most ${MAX_PLACE} characters`)
  .refine((text) => !CONTROL.test(text), "No control characters")
  .transform(canonicalPlace)
  .nullable();

const DAY_RULE = "Must be a day, such as 2026-11-01";
const day = z.iso
  .date(DAY_RULE)
  .refine((text) => text >= "2000-01-01" && text < "2100-01-01", "Must lie between the years 2000 and 2100");

const dated = {
  id: z.string().regex(/^[a-z0-9]{1,16}$/, "Must be 1 to 16 lower-case letters and digits"),
  from: day,
  to: day.nullable(),
  note: z
    .string("Must be text")
    .trim()
    .max(MAX_NOTE, `At most ${MAX_NOTE} characters`)
    .refine((text) => !CONTROL.test(text), "No control characters or line breaks"),
};

const rates = z
  .object({ input: rate, cache_create_5m: rate, cache_create_1h: rate, cache_read: rate, output: rate })
  .transform((sent) => ({
    input: sent.input,
    cacheCreate5m: sent.cache_create_5m,
    cacheCreate1h: sent.cache_create_1h,
    cacheRead: sent.cache_read,
    output: sent.output,
  }));

/** One override as it is stored and sent: rates and percent as decimal strings. Gives an `Override`. */
export const overrideSchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("rates"), ...dated, model, platform: place, rates }),
    z
      .object({
        kind: z.literal("adjustment"),
        ...dated,
        provider: place,
        platform: place,
        model: model.nullable(),
        percent,
      })
      .transform(({ percent: percentE4, ...rest }) => ({ ...rest, percentE4 })),
    z.object({ kind: z.literal("alias"), ...dated, model, target: model }),
  ])
  .refine(({ from, to }) => to === null || to > from, { path: ["to"], message: "Must not end before it begins" });

export const contractSchema = z
  .array(overrideSchema)
  .max(MAX_OVERRIDES, `A contract must have at most ${MAX_OVERRIDES} overrides`);

/** An override in the form of `overrideSchema`, for storing and for filling a form. */
export type StoredOverride = z.input<typeof overrideSchema>;

/** Writes an override so that `overrideSchema` reads back the same. */
export function storeOverride(override: Override): StoredOverride {
  const { id, from, to, note } = override;
  const dates = { id, from, to, note };
  if (override.kind === "alias") {
    return { kind: "alias", ...dates, model: override.model, target: override.target };
  }
  if (override.kind === "adjustment") {
    const { provider, platform, model, percentE4 } = override;
    return { kind: "adjustment", ...dates, provider, platform, model, percent: toDecimal(percentE4, 4) };
  }
  const { model, platform, rates: own } = override;
  const decimal = (picosPerToken: bigint | null) => (picosPerToken === null ? null : toDecimal(picosPerToken, 6));
  return {
    kind: "rates",
    ...dates,
    model,
    platform,
    rates: {
      input: decimal(own.input),
      cache_create_5m: decimal(own.cacheCreate5m),
      cache_create_1h: decimal(own.cacheCreate1h),
      cache_read: decimal(own.cacheRead),
      output: decimal(own.output),
    },
  };
}
