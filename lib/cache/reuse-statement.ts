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
    ELSE round(${cost}::numeric * ${part} / ${of}) END)::text`);

/**
 * One row a feature, deploy, model and era: what was written and read, what of it was never read, what another lifetime
 * would have changed, and how long after each use the next came. See docs/cache.md for the model. Every window has the same
 * partition and order, so the calls are sorted once: newest first, where a run is a chain of uses none of which comes
 * later than the lifetime after the one before it.
 */
export function reuseStatement(scope: Scope, { period, filters, eras, asOf }: ReuseQuestion): Prisma.Sql {
  const prefixFilters = filters.filter(({ dimension }) => PREFIX_OF.has(dimension));
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  const seenUntil = Math.min(asOf.getTime(), to + HOUR_MS);
  const era = eras
    .slice(1)
    .map((piece, i) => Prisma.sql`WHEN at >= ${time(piece.from)} THEN ${Prisma.raw(String(i + 1))}`);
  const newestEraFirst = era.toReversed();
  const eraOf = era.length > 0 ? Prisma.sql`CASE ${Prisma.join(newestEraFirst, " ")} ELSE 0 END` : Prisma.raw("0");
  return Prisma.sql`
    WITH used AS (
      SELECT occurred_at AS at, request_id, feature, deploy_sha, provider, model, prefix_hash, session_id,
        cache_read_tokens AS r, cache_create_5m_tokens AS w5, cache_create_1h_tokens AS w1,
        cache_read_cost_usd_picos AS cr, cache_create_5m_cost_usd_picos AS c5, cache_create_1h_cost_usd_picos AS c1,
        occurred_at >= ${time(from)} AND occurred_at < ${time(to)} AND ${callFilters(filters)} AS counted
      FROM llm_call
      WHERE ${callScope(scope)} AND ${callFilters(prefixFilters)} AND prefix_hash IS NOT NULL
        AND occurred_at >= ${time(from - HOUR_MS)} AND occurred_at < ${time(seenUntil)}
        AND (cache_read_tokens > 0 OR cache_create_5m_tokens > 0 OR cache_create_1h_tokens > 0)),
    beside AS (
      SELECT *, lag(at) OVER newest AS next_at, lead(at) OVER newest AS last_at,
        lead(r + w5 + w1) OVER newest AS last_cached, lead(session_id) OVER newest AS last_session,
        first_value(at) OVER newest AS final_at, min(r + w5 + w1) OVER (PARTITION BY model, prefix_hash) AS base
      FROM used WINDOW newest AS (PARTITION BY model, prefix_hash ORDER BY at DESC, request_id DESC)),
    runs AS (
      SELECT *,
        count(*) FILTER (WHERE next_at IS NULL OR next_at - at > interval '5 minutes') OVER newest AS run5,
        count(*) FILTER (WHERE next_at IS NULL OR next_at - at > interval '1 hour') OVER newest AS run1
      FROM beside WINDOW newest AS (PARTITION BY model, prefix_hash ORDER BY at DESC, request_id DESC ROWS UNBOUNDED PRECEDING)),
    later AS (
      SELECT *, max(run5 * 4294967296 + r) OVER newest AS most5, max(run1 * 4294967296 + r) OVER newest AS most1
      FROM runs WINDOW newest AS (PARTITION BY model, prefix_hash ORDER BY at DESC, request_id DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
    judged AS (
      SELECT *, ${eraOf} AS era,
        run5 = 1 AND final_at + interval '5 minutes' >= ${time(seenUntil)} AS is_open5,
        run1 = 1 AND final_at + interval '1 hour' >= ${time(seenUntil)} AS is_open1,
        w5 - greatest(0, least(w5, CASE WHEN most5 / 4294967296 = run5 THEN most5 % 4294967296 ELSE 0 END - r - w1)) AS unread5,
        w1 - greatest(0, least(w1, CASE WHEN most1 / 4294967296 = run1 THEN most1 % 4294967296 ELSE 0 END - r)) AS unread1,
        at - last_at > interval '5 minutes' AND at - last_at <= interval '1 hour' AS is_late,
        greatest(0, least(w5, CASE WHEN session_id = last_session THEN last_cached ELSE least(last_cached, base) END - r - w1)) AS known5
      FROM later WHERE counted),
    told AS (
      SELECT *, CASE WHEN is_open5 THEN 0 ELSE unread5 END AS lost5, CASE WHEN is_open1 THEN 0 ELSE unread1 END AS lost1,
        CASE WHEN is_open5 THEN unread5 ELSE 0 END AS open5, CASE WHEN is_open1 THEN unread1 ELSE 0 END AS open1,
        CASE WHEN is_late THEN known5 ELSE 0 END AS again5
      FROM judged)
    SELECT feature, deploy_sha, provider, model, era, count(*)::int AS uses,
      min(at) AS first_at, max(at) AS last_at,
      count(*) FILTER (WHERE c5 IS NULL)::int AS unpriced,
      sum(r)::text AS read_tokens, sum(w5)::text AS write_5m_tokens, sum(w1)::text AS write_1h_tokens,
      coalesce(sum(cr), 0)::text AS read_cost, coalesce(sum(c5), 0)::text AS write_5m_cost,
      coalesce(sum(c1), 0)::text AS write_1h_cost,
      sum(lost5 + lost1)::text AS unread_tokens, sum(open5 + open1)::text AS open_tokens,
      ${share("c5", "lost5", "w5")} AS unread_5m_cost, ${share("c1", "lost1", "w1")} AS unread_1h_cost,
      ${share("c5", "open5", "w5")} AS open_5m_cost, ${share("c1", "open1", "w1")} AS open_1h_cost,
      ${share("c5", "again5", "w5")} AS rewritten_cost,
      coalesce(sum(cr) FILTER (WHERE is_late), 0)::text AS read_late_cost,
      count(*) FILTER (WHERE next_at - at < interval '1 minute')::int AS gap_0,
      count(*) FILTER (WHERE next_at - at >= interval '1 minute' AND next_at - at <= interval '5 minutes')::int AS gap_1,
      count(*) FILTER (WHERE next_at - at > interval '5 minutes' AND next_at - at <= interval '15 minutes')::int AS gap_2,
      count(*) FILTER (WHERE next_at - at > interval '15 minutes' AND next_at - at <= interval '1 hour')::int AS gap_3,
      count(*) FILTER (WHERE next_at - at > interval '1 hour')::int AS gap_4
    FROM told GROUP BY feature, deploy_sha, provider, model, era`;
}
