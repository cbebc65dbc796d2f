import { z } from "zod";
import { count, isUnstorable, text, time } from "@/lib/ingest/field-rules";

/**
 * Why a client drops calls, in the order in which they are shown; whatever else is sent counts as `other`. What it drops for the
 * reason `outcome` are no calls but outcomes of tasks: they are in no sum of dropped calls.
 */
export const DROP_REASONS = [
  "queue_full",
  "spool_full",
  "unauthorized",
  "rejected",
  "refused",
  "conflict",
  "too_large",
  "invalid",
  "closed",
  "other",
  "outcome",
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** What a provider said was left of a limit when it last answered: `requests_limit`, `requests_remaining`, `retry_after_s`… */
export type RateLimits = Readonly<Record<string, string | number>>;

const MAX_DROPPED = 1_000_000_000_000;
const MAX_MODELS = 50;
const MAX_LIMITS = 40;
const NAME = /^[a-z][a-z0-9_]{0,63}$/;

const dropped = z
  .record(z.string(), count(0, MAX_DROPPED), { error: "must be an object of counts by reason" })
  .transform((counts): ReadonlyMap<DropReason, number> => {
    const known = new Map<DropReason, number>();
    for (const [sent, calls] of Object.entries(counts)) {
      const reason = DROP_REASONS.find((one) => one === sent) ?? "other";
      if (calls > 0) known.set(reason, (known.get(reason) ?? 0) + calls);
    }
    return known;
  })
  .refine((counts) => [...counts.values()].every((calls) => calls <= MAX_DROPPED), {
    error: `must not count more than ${MAX_DROPPED} calls`,
  });

/** Read leniently: they are only shown, and no count of dropped calls may wait for them. */
const rateLimits = z
  .record(z.string(), z.unknown(), { error: "must be an object of limits by model" })
  .transform((models): Readonly<Record<string, RateLimits>> => {
    const usable = Object.entries(models).flatMap(([model, sent]) => {
      const limits = readLimits(sent);
      const isNamed = model !== "" && model.length <= 200 && !isUnstorable(model);
      return isNamed && Object.keys(limits).length > 0 ? [[model, limits] as const] : [];
    });
    return Object.fromEntries(usable.slice(0, MAX_MODELS));
  });

function readLimits(sent: unknown): RateLimits {
  if (typeof sent !== "object" || sent === null) return {};
  const usable = Object.entries(sent).filter(
    ([name, value]) =>
      NAME.test(name) &&
      ((typeof value === "number" && Number.isFinite(value)) ||
        (typeof value === "string" && value !== "" && value.length <= 64 && !isUnstorable(value))),
  );
  return Object.fromEntries(usable.slice(0, MAX_LIMITS));
}

/** The body of POST /api/v1/client-reports. Fields not named here are ignored. */
export const clientReportSchema = z.object(
  {
    client_id: z.uuid({ error: (issue) => (issue.input === undefined ? "is required" : "must be a UUID") }),
    sequence: count(1, 2_147_483_647),
    sent_at: time,
    sdk: text(64),
    runtime: text(128).nullish(),
    deploy_sha: text(64).nullish(),
    dropped: dropped.nullish(),
    rate_limits: rateLimits.nullish(),
  },
  { error: "must be an object with the fields of a report" },
);

export type ClientReport = z.infer<typeof clientReportSchema>;
