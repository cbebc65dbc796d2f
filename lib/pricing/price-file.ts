import { z } from "zod";
import { parseUsd } from "@/lib/money";

/** Every multiplier is a product of 1/2 and 11/10: a rate divisible by 20 stays whole under all of them. */
const COMMON_DENOMINATOR = 20n;

/** USD per million tokens ("0.125") → picodollars per token (125000n); null where the provider names no price. */
const rate = z
  .string()
  .regex(/^\d+(\.\d{1,12})?$/, "must be a decimal")
  .transform((text, ctx) => {
    const picosPerMillion = parseUsd(text);
    if (picosPerMillion % (1_000_000n * COMMON_DENOMINATOR) !== 0n) {
      ctx.addIssue({ code: "custom", message: `${text} is not exact in picodollars per token under every multiplier` });
    }
    return picosPerMillion / 1_000_000n;
  })
  .nullable();

const rates = z
  .object({ input: rate, cache_write_5m: rate, cache_write_1h: rate, cache_read: rate, output: rate })
  .transform((r) => ({
    input: r.input,
    cacheCreate5m: r.cache_write_5m,
    cacheCreate1h: r.cache_write_1h,
    cacheRead: r.cache_read,
    output: r.output,
  }));

const sources = z.array(z.string().min(1)).min(1);

const row = z.object({
  from: z.iso.date(),
  to: z.iso.date().nullable(),
  rates,
  long_prompt: z.object({ prompt_tokens_gt: z.int().positive(), rates }).optional(),
  sources: sources.optional(),
  note: z.string().nullish(),
});

const model = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  platform_ids: z
    .object({ bedrock: z.string(), bedrock_messages_api: z.string().nullable(), vertex: z.string() })
    .optional(),
  supports: z
    .object({ batch_half_price: z.boolean(), inference_geo_us: z.boolean(), cloud_regional_premium: z.boolean() })
    .default({ batch_half_price: false, inference_geo_us: false, cloud_regional_premium: false }),
  prices: z.array(row).min(1),
  fast_mode: z.array(row).default([]),
  sources: sources.optional(),
  context_window: z.int().positive().nullish(),
  min_cacheable_prompt_tokens: z.int().positive().nullish(),
  api_retired: z.iso.date().nullish(),
  confidence: z.string().nullish(),
  notes: z.string().nullish(),
});

const perRequest = z.string().transform(parseUsd);

/** One `prisma/prices/<provider>.json`; rates come out as picodollars per token. */
export const priceFileSchema = z.object({
  as_of: z.iso.date(),
  currency: z.literal("USD"),
  models: z.array(model).min(1),
  server_tools: z.object({ web_search: z.object({ usd_per_request: perRequest }) }).optional(),
});

export type PriceFile = z.infer<typeof priceFileSchema>;
export type PriceFileRow = z.infer<typeof row>;
