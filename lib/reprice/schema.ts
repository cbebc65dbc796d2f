import { z } from "zod";

/** `previewing` and `applying` are at work; the others wait for a person or are over. */
export const RUN_STATUSES = ["previewing", "previewed", "applying", "done", "cancelled", "failed"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

const day = z.iso.date("must be a day, YYYY-MM-DD");
const reason = z.string().trim().min(1, "must say why").max(500, "must have at most 500 characters");

/** What somebody asks of a new run. Days are UTC, `from` inclusive, `to` exclusive. */
export const repriceRequestSchema = z
  .strictObject({
    from: day,
    to: day,
    /** As they are stored; empty: all. */
    models: z.array(z.string().min(1).max(256)).max(100, "must name at most 100 models").default([]),
    reason,
    /** Which version of the prices; null: the newest. */
    version: z.int().positive().nullable().default(null),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "must be after the first day" });
export type RepriceRequest = z.infer<typeof repriceRequestSchema>;

export const runNumberSchema = z.strictObject({ number: z.int().positive() });
export const undoSchema = z.strictObject({ number: z.int().positive(), reason });
export const monthSchema = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month, YYYY-MM"),
});

/** By what the difference of a run is summed. */
export const DIFFERENCE_DIMENSIONS = ["month", "model", "tenant"] as const;
export type DifferenceDimension = (typeof DIFFERENCE_DIMENSIONS)[number];
