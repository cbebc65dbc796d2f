import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { Prisma } from "@/prisma/client/client";
import { askIndex, askScan, type PromptQuestion, withPrompt } from "./prompt-calls";

/** What the calls of one prompt are told apart by. */
export const PROMPT_CUTS = ["tenant", "feature", "deploy", "model", "attempt", "status"] as const;
export type PromptCut = (typeof PROMPT_CUTS)[number];

const COLUMNS: Readonly<Record<PromptCut, Prisma.Sql>> = {
  tenant: Prisma.sql`tenant_id`,
  feature: Prisma.sql`feature`,
  deploy: Prisma.sql`deploy_sha`,
  model: Prisma.sql`model`,
  attempt: Prisma.sql`attempt`,
  status: Prisma.sql`status_code`,
};
const NAME = Prisma.sql`coalesce(tenant_id, feature, deploy_sha, model, attempt::text, status_code::text)`;
const list = Prisma.join(PROMPT_CUTS.map((cut) => COLUMNS[cut]));

/** Calls of one value; money in picodollars, `unpricedCalls` are not in it. */
export type PromptPart = Readonly<{ name: string; calls: bigint; cost: bigint; unpricedCalls: bigint }>;

/** One prompt by each cut, the dearest first; in every cut the parts add up to the whole. */
export async function cutPrompt(
  scope: Scope,
  question: PromptQuestion,
  prompt: string,
): Promise<Readonly<Record<PromptCut, readonly PromptPart[]>>> {
  const sets = Prisma.join(PROMPT_CUTS.map((cut) => Prisma.sql`(${COLUMNS[cut]})`));
  const rows = await askScan<{ cut: number; name: string; calls: string; cost: string; unpriced: string }>(Prisma.sql`
    SELECT grouping(${list}) AS cut,
      ${NAME} AS name,
      (count(*) FILTER (WHERE line = 0))::text AS calls, coalesce(sum(cost_usd_picos), 0)::text AS cost,
      (count(*) FILTER (WHERE pricing_status = 'unpriced'))::text AS unpriced
    FROM llm_call WHERE ${withPrompt(scope, question)} AND prompt_hash = ${prompt}
    GROUP BY GROUPING SETS (${sets})
    ORDER BY sum(cost_usd_picos) DESC NULLS LAST, count(*) DESC, ${NAME} COLLATE "C"`);
  const whole = 2 ** PROMPT_CUTS.length - 1;
  const parts = (at: number) =>
    rows
      .filter(({ cut }) => cut === whole - 2 ** (PROMPT_CUTS.length - 1 - at))
      .map(({ name, calls, cost, unpriced }) => ({
        name,
        calls: BigInt(calls),
        cost: BigInt(cost),
        unpricedCalls: BigInt(unpriced),
      }));
  return {
    tenant: parts(0),
    feature: parts(1),
    deploy: parts(2),
    model: parts(3),
    attempt: parts(4),
    status: parts(5),
  };
}

/** First and last call ever of a prompt, whatever period and filters; null when no call with it is known. */
export async function findPromptSpan(
  scope: Scope,
  prompt: string,
): Promise<Readonly<{ firstSeenAt: Date; lastSeenAt: Date }> | null> {
  const [found] = await askIndex<{ firstSeenAt: Date | null; lastSeenAt: Date }>(Prisma.sql`
    SELECT min(occurred_at) AS "firstSeenAt", max(occurred_at) AS "lastSeenAt"
    FROM llm_call WHERE ${callScope(scope)} AND prompt_hash = ${prompt}`);
  return found?.firstSeenAt ? { firstSeenAt: found.firstSeenAt, lastSeenAt: found.lastSeenAt } : null;
}
