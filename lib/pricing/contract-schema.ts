import { z } from "zod";
import { parseUsd, toDecimal } from "@/lib/money";
import type { Override } from "@/lib/pricing/contract";

/** Dearer than any model sold: more is a slip of the unit (dollars for a million tokens). */
const MAX_USD_PER_MTOK = 10_000;
const MAX_NAME = 256;
export const MAX_OVERRIDES = 500;

const RATE_RULE = `must be a decimal from 0 to ${MAX_USD_PER_MTOK} with at most 6 places: USD for a million tokens`;
const PERCENT_RULE = "must be a decimal from -100 to 1000 with at most 4 places";

/** USD for a million tokens; six places make whole picodollars for a token. */
const rate = z
  .string()
  .regex(/^\d{1,5}(\.\d{1,6})?$/, RATE_RULE)
  .refine((text) => Number(text) <= MAX_USD_PER_MTOK, RATE_RULE)
  .transform((text) => parseUsd(text) / 1_000_000n)
  .nullable();

const percent = z
  .string()
  .regex(/^-?\d{1,4}(\.\d{1,4})?$/, PERCENT_RULE)
  .refine((text) => Number(text) >= -100 && Number(text) <= 1000, PERCENT_RULE)
  .transform((text) => parseUsd(text) / 100_000_000n);

const name = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(MAX_NAME, `must have at most ${MAX_NAME} characters`)
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");

const place = name.transform((text) => text.toLowerCase()).nullable();
const day = z.iso.date("must be a day, YYYY-MM-DD");

const dated = {
  id: z.string().regex(/^[a-z0-9]{1,16}$/),
  from: day,
  to: day.nullable(),
  note: z.string().trim().max(500, "must have at most 500 characters"),
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
    z.object({ kind: z.literal("rates"), ...dated, model: name, platform: place, rates }),
    z
      .object({
        kind: z.literal("adjustment"),
        ...dated,
        provider: place,
        platform: place,
        model: name.nullable(),
        percent,
      })
      .transform(({ percent: percentE4, ...rest }) => ({ ...rest, percentE4 })),
    z.object({ kind: z.literal("alias"), ...dated, model: name, target: name }),
  ])
  .refine(({ from, to }) => to === null || to > from, { path: ["to"], message: "must be after the first day" });

export const contractSchema = z
  .array(overrideSchema)
  .max(MAX_OVERRIDES, `a contract must have at most ${MAX_OVERRIDES} overrides`);

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
