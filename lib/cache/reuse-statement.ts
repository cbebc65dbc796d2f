import type { Scope } from "@/lib/auth/scope";
import { callFilters, callScope } from "@/lib/calls/filters";
import type { CallFilter } from "@/lib/calls/query";
import type { Period } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";

/** Which writes are asked about, and the pieces of the period within which rates keep their ratios. */
export type ReuseQuestion = Readonly<{
  period: Period;
  filters: readonly CallFilter[];
  eras: readonly Period[];
  /** Calls after it are not known yet. */
  asOf: Date;
}>;

const HOUR_MS = 3_600_000;
/** A prefix belongs to these; whoever else uses it, under whatever deploy, keeps it alive. */
const PREFIX_OF = new Set(["feature", "model", "provider", "environment"]);

const time = (at: Date | number) => Prisma.sql`${new Date(at).toISOString()}::timestamptz`;

/** A part of tokens takes the same part of their cost; all or none of them is exact. */
const share = (cost: string, part: string, of: string) =>
  Prisma.raw(`sum(CASE WHEN ${part} = ${of} THEN ${cost} WHEN ${part} = 0 THEN 0
    ELSE round(${cost}::numeric * ${part} / ${of})::bigint END)::text`);

/** Uses of one prefix: every window goes over them newest first, so they are sorted once. */
const NEWEST = Prisma.raw("PARTITION BY prefix ORDER BY minute DESC");

/**
 * A prefix of a model as one number, a minute as another, and both as a third: sorting and joining millions of them as text takes
 * twice as long. Two of three million prefixes share a number once in four million projects.
 */
const PREFIX = Prisma.raw("hashtextextended(model || ' ' || prefix_hash, 0)");
const MINUTE = Prisma.raw("floor(date_part('epoch', occurred_at) / 60)::bigint");
const key = (prefix: Prisma.Sql, minute: Prisma.Sql) => Prisma.sql`hashint8extended(${prefix}, ${minute})`;

/** How far the longest read reaches from this minute on, while the entry lives. */
const reach = (lifetime: "5" | "1") => Prisma.raw(`most${lifetime} % 4294967296`);

/**
 * One row a feature, deploy, model and era: what was written and read, what of it was never read, what another lifetime
 * would have changed, and how long after each use the next came. See docs/cache.md for the model.
 *
 * The uses of a prefix are first gathered by the minute: what lies between two minutes is known to the millisecond by the last
 * use of one and the first of the other, and within a minute nothing expires. A run is a chain of minutes none of which
 * begins later than the lifetime after the one before it ended; going back in time, its number in the upper half of a sum
 * makes the running maximum start anew.
 */
export function reuseStatement(scope: Scope, { period, filters, eras, asOf }: ReuseQuestion): Prisma.Sql {
  const prefixFilters = filters.filter(({ dimension }) => PREFIX_OF.has(dimension));
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  const seenUntil = Math.min(asOf.getTime(), to + HOUR_MS);
  const seen = Prisma.sql`${callScope(scope)} AND prefix_hash IS NOT NULL
    AND (cache_read_tokens > 0 OR cache_create_5m_tokens > 0 OR cache_create_1h_tokens > 0)`;
  const era = eras
    .slice(1)
    .map((piece, i) => Prisma.sql`WHEN at >= ${time(piece.from)} THEN ${Prisma.raw(String(i + 1))}`)
    .toReversed();
  const eraOf = era.length > 0 ? Prisma.sql`CASE ${Prisma.join(era, " ")} ELSE 0 END` : Prisma.raw("0");
  return Prisma.sql`
    WITH minutes AS (
      SELECT ${PREFIX} AS prefix, ${MINUTE} AS minute, min(occurred_at) AS first_at, max(occurred_at) AS last_at, max(cache_read_tokens) AS most,
        min(cache_read_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens) AS shortest
      FROM llm_call
      WHERE ${seen} AND ${callFilters(prefixFilters)}
        AND occurred_at >= ${time(from - HOUR_MS)} AND occurred_at < ${time(seenUntil)}
      GROUP BY prefix, minute),
    beside AS (
      SELECT *, lag(first_at) OVER newest AS next_at, lead(last_at) OVER newest AS before_at,
        min(shortest) OVER (PARTITION BY prefix) AS base
      FROM minutes WINDOW newest AS (${NEWEST})),
    runs AS (
      SELECT *,
        count(*) FILTER (WHERE next_at IS NULL OR next_at - last_at > interval '5 minutes') OVER newest AS run5,
        count(*) FILTER (WHERE next_at IS NULL OR next_at - last_at > interval '1 hour') OVER newest AS run1
      FROM beside WINDOW newest AS (${NEWEST} ROWS UNBOUNDED PRECEDING)),
    later AS (
      SELECT prefix, minute, first_at, last_at, next_at, base,
        max(run5 * 4294967296 + most) OVER newest AS most5, max(run1 * 4294967296 + most) OVER newest AS most1,
        first_at - before_at > interval '5 minutes' AND first_at - before_at <= interval '1 hour' AS is_late
      FROM runs WINDOW newest AS (${NEWEST} ROWS UNBOUNDED PRECEDING)),
    -- Grouped by one column, so that the planner knows it to be unique and joins by hash.
    keyed AS (
      SELECT ${key(Prisma.raw("prefix"), Prisma.raw("minute"))} AS key, min(first_at) AS first_at, min(last_at) AS last_at,
        min(next_at) AS next_at, min(base) AS base, min(most5) AS most5, min(most1) AS most1,
        bool_or(is_late) AS is_late
      FROM later GROUP BY key),
    used AS (
      SELECT occurred_at AS at, line, feature, deploy_sha, provider, model,
        cache_read_tokens AS r, cache_create_5m_tokens AS w5, cache_create_1h_tokens AS w1,
        cache_read_cost_usd_picos AS cr, cache_create_5m_cost_usd_picos AS c5, cache_create_1h_cost_usd_picos AS c1,
        -- What nobody has read, nobody has renewed: it lives from when it was written.
        occurred_at + interval '5 minutes' >= ${time(asOf)} AS is_open5,
        occurred_at + interval '1 hour' >= ${time(asOf)} AS is_open1, is_late AND occurred_at = first_at AS is_late,
        cache_create_5m_tokens - greatest(0, least(cache_create_5m_tokens,
          ${reach("5")} - cache_read_tokens - cache_create_1h_tokens)) AS unread5,
        cache_create_1h_tokens - greatest(0, least(cache_create_1h_tokens, ${reach("1")} - cache_read_tokens)) AS unread1,
        greatest(0, least(cache_create_5m_tokens, base - cache_read_tokens - cache_create_1h_tokens)) AS known5,
        CASE WHEN occurred_at < last_at THEN interval '0' ELSE next_at - last_at END AS gap
      FROM llm_call JOIN keyed ON key = ${key(PREFIX, MINUTE)}
      WHERE ${seen} AND ${callFilters(filters)}
        AND occurred_at >= ${time(from)} AND occurred_at < ${time(to)} AND occurred_at < ${time(seenUntil)}),
    told AS (
      SELECT *, ${eraOf} AS era,
        CASE WHEN is_open5 THEN 0 ELSE unread5 END AS lost5, CASE WHEN is_open1 THEN 0 ELSE unread1 END AS lost1,
        CASE WHEN is_open5 THEN unread5 ELSE 0 END AS open5, CASE WHEN is_open1 THEN unread1 ELSE 0 END AS open1,
        CASE WHEN is_late THEN known5 ELSE 0 END AS again5
      FROM used)
    SELECT feature, deploy_sha, provider, model, era, (count(*) FILTER (WHERE line = 0))::int AS uses, min(at) AS first_at, max(at) AS last_at,
      count(*) FILTER (WHERE c5 IS NULL)::int AS unpriced,
      sum(r)::text AS read_tokens, sum(w5)::text AS write_5m_tokens, sum(w1)::text AS write_1h_tokens,
      coalesce(sum(cr), 0)::text AS read_cost, coalesce(sum(c5), 0)::text AS write_5m_cost,
      coalesce(sum(c1), 0)::text AS write_1h_cost,
      sum(lost5 + lost1)::text AS unread_tokens, sum(open5 + open1)::text AS open_tokens,
      ${share("c5", "lost5", "w5")} AS unread_5m_cost, ${share("c1", "lost1", "w1")} AS unread_1h_cost,
      ${share("c5", "open5", "w5")} AS open_5m_cost, ${share("c1", "open1", "w1")} AS open_1h_cost,
      ${share("c5", "again5", "w5")} AS rewritten_cost,
      coalesce(sum(cr) FILTER (WHERE is_late), 0)::text AS read_late_cost,
      count(*) FILTER (WHERE line = 0 AND gap < interval '1 minute')::int AS gap_0,
      count(*) FILTER (WHERE line = 0 AND gap >= interval '1 minute' AND gap <= interval '5 minutes')::int AS gap_1,
      count(*) FILTER (WHERE line = 0 AND gap > interval '5 minutes' AND gap <= interval '15 minutes')::int AS gap_2,
      count(*) FILTER (WHERE line = 0 AND gap > interval '15 minutes' AND gap <= interval '1 hour')::int AS gap_3,
      count(*) FILTER (WHERE line = 0 AND gap > interval '1 hour')::int AS gap_4
    FROM told GROUP BY feature, deploy_sha, provider, model, era`;
}
