import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callsWithin } from "@/lib/calls/filters";
import type { CallsQuery } from "@/lib/calls/query";
import { scanCalls } from "@/lib/calls/scan";
import { Prisma } from "@/prisma/client/client";
import { type Ending, TASK_DIMENSIONS, type TaskCell, type TaskDimension } from "./figures";

/** Which tasks, what of them, and from which growth of the input on one counts as grown. */
export type TasksQuestion = Pick<CallsQuery, "period" | "filters"> &
  Readonly<{
    /** Cells are given once for each of these cuts. */
    cuts: readonly (readonly TaskDimension[])[];
    /** How many of the dearest tasks. */
    top: number;
    growthTimes: number;
  }>;

/** One task with the calls that it made in the period; picodollars, ms. */
export type Task = Readonly<{
  environment: string;
  tenant: string;
  taskId: string;
  /** Of its first call. */
  feature: string;
  deploy: string;
  ending: Ending;
  calls: bigint;
  turns: number;
  cost: bigint;
  unpricedCalls: bigint;
  firstAt: Date;
  durationMs: bigint;
  firstInputTokens: bigint | null;
  lastInputTokens: bigint | null;
}>;

export type CutCell = TaskCell & Readonly<Record<TaskDimension, string | null>>;
/** The cells of each cut, in the order in which the cuts were asked for, and the dearest tasks. */
export type Tasks = Readonly<{ cuts: readonly (readonly CutCell[])[]; top: readonly Task[] }>;

const COLUMNS: Readonly<Record<TaskDimension, Prisma.Sql>> = {
  feature: Prisma.sql`feature`,
  deploy: Prisma.sql`deploy`,
  tenant: Prisma.sql`tenant_id`,
  environment: Prisma.sql`environment`,
};

const [ENDING, TURNS] = [Prisma.sql`ending`, Prisma.sql`turns`];

/** Tokens of one call fit into 27 bits, the milliseconds of a period of two years into 36: time and input in one bigint. */
const INPUT_BITS = 27;
const BITS = Prisma.raw(String(INPUT_BITS));
const MASK = Prisma.raw(String(2 ** INPUT_BITS - 1));
const INPUT = Prisma.raw(
  "(input_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens + cache_read_tokens)",
);

/**
 * Only what decides is read of every call, and the first and last input come out of a minimum and a maximum: to sort the
 * calls of each task, or to look them up, would take many times as long.
 */
function eachTask(scope: Scope, question: TasksQuestion): Prisma.Sql {
  const from = question.period.from.getTime() / 1000;
  const timed = Prisma.sql`((((date_part('epoch', occurred_at) - ${from}::float8) * 1000)::bigint << ${BITS})
    | least(${INPUT}, ${MASK})) FILTER (WHERE line = 0 AND ${INPUT} > 0)`;
  return Prisma.sql`
    SELECT environment, tenant_id, task_id, sum(cost_usd_picos)::bigint AS cost,
      count(*) FILTER (WHERE line = 0) AS calls,
      -- Of a task whose first attempts were never sent there is still a turn.
      greatest(count(*) FILTER (WHERE line = 0 AND attempt = 1), 1) AS turns,
      count(*) - count(cost_usd_picos) AS unpriced_calls,
      min(feature COLLATE "C") AS low_feature, max(feature COLLATE "C") AS high_feature,
      min(deploy_sha COLLATE "C") AS low_deploy, max(deploy_sha COLLATE "C") AS high_deploy,
      min(occurred_at) AS first_at, min${timed} AS first_call, max${timed} AS last_call
    FROM llm_call WHERE ${callsWithin(scope, question)} AND task_id IS NOT NULL
    GROUP BY environment, tenant_id, task_id`;
}

/** The calls of the task of a row, by the index of tasks. */
const callsOf = (scope: Scope, question: TasksQuestion) => Prisma.sql`
  FROM llm_call WHERE ${callsWithin(scope, question)} AND llm_call.task_id IS NOT NULL AND llm_call.task_id = task.task_id
    AND llm_call.environment = task.environment AND llm_call.tenant_id = task.tenant_id`;

/** Tasks with how each ended, and the feature and deploy of its first call, looked up only where it has several. */
function placed(scope: Scope, question: TasksQuestion, tasks: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT task.*, coalesce(task_outcome.outcome, 'untold') AS ending,
      coalesce(first.feature, low_feature) AS feature, coalesce(first.deploy_sha, low_deploy) AS deploy,
      first_call & ${MASK} AS first_input, last_call & ${MASK} AS last_input,
      coalesce((last_call & ${MASK}) >= (first_call & ${MASK}) * ${question.growthTimes}::bigint, FALSE) AS is_grown
    FROM ${tasks} AS task
    LEFT JOIN task_outcome ON task_outcome.project_id = ${scope.projectId}::integer
      AND task_outcome.environment = task.environment AND task_outcome.tenant_id = task.tenant_id
      AND task_outcome.task_id = task.task_id
    LEFT JOIN LATERAL (
      SELECT llm_call.feature, llm_call.deploy_sha ${callsOf(scope, question)}
        AND (task.low_feature <> task.high_feature OR task.low_deploy <> task.high_deploy)
      ORDER BY llm_call.occurred_at, llm_call.request_id COLLATE "C", llm_call.line LIMIT 1) AS first ON TRUE`;
}

const DEAREST = Prisma.sql`cost DESC NULLS LAST, first_at, task_id COLLATE "C", tenant_id COLLATE "C", environment COLLATE "C"`;

type Found = Readonly<{
  /** Null for one task. */
  grouping: number | null;
  environment: string | null;
  tenant: string | null;
  feature: string | null;
  deploy: string | null;
  ending: Ending;
  turns: string;
  tasks: string;
  unpricedTasks: string;
  calls: string;
  cost: string;
  unpricedCalls: string;
  grown: string;
  taskId: string | null;
  firstAt: Date | null;
  durationMs: string | null;
  firstInput: string | null;
  lastInput: string | null;
}>;

/** Every cut in one pass; `grouping` tells the rows of one from those of the others. */
function cellsOf(scope: Scope, question: TasksQuestion): Prisma.Sql {
  const { cuts } = question;
  const used = TASK_DIMENSIONS.filter((name) => cuts.some((cut) => cut.includes(name)));
  const column = (name: TaskDimension) => (used.includes(name) ? COLUMNS[name] : Prisma.sql`NULL::text`);
  const sets = cuts.map((cut) => Prisma.sql`(${Prisma.join([...cut.map((name) => COLUMNS[name]), ENDING, TURNS])})`);
  const grouping =
    used.length > 0 ? Prisma.sql`grouping(${Prisma.join(used.map((name) => COLUMNS[name]))})` : Prisma.sql`0`;
  return Prisma.sql`
    SELECT ${grouping}, ${column("environment")}, ${column("tenant")}, ${column("feature")}, ${column("deploy")}, ending,
      turns::text, count(*)::text, (count(*) - count(cost))::text, sum(calls)::text, coalesce(sum(cost), 0)::text, sum(unpriced_calls)::text,
      (count(*) FILTER (WHERE is_grown))::text, NULL::text, NULL::timestamptz, NULL::text, NULL::text, NULL::text,
      NULL::bigint
    FROM (${placed(scope, question, Prisma.sql`task`)}) AS placed
    GROUP BY GROUPING SETS (${Prisma.join(sets)})`;
}

/** What PostgreSQL's `grouping` is for the rows of a cut: a bit for every dimension that is not in it, the last one lowest. */
function groupingOf(cut: readonly TaskDimension[], cuts: TasksQuestion["cuts"]): number {
  const used = TASK_DIMENSIONS.filter((name) => cuts.some((one) => one.includes(name)));
  return used.reduce((bits, name) => bits * 2 + Number(!cut.includes(name)), 0);
}

function dearestOf(scope: Scope, question: TasksQuestion): Prisma.Sql {
  const dearest = Prisma.sql`(SELECT * FROM task ORDER BY ${DEAREST} LIMIT ${question.top}::integer)`;
  return Prisma.sql`
    SELECT NULL::integer, environment, tenant_id, feature, deploy, ending, turns::text, '1', (cost IS NULL)::integer::text, calls::text,
      coalesce(cost, 0)::text,
      unpriced_calls::text, is_grown::integer::text, task_id, first_at,
      (SELECT (max(date_part('epoch', occurred_at) * 1000 + latency_ms) - date_part('epoch', task.first_at) * 1000)::bigint
        ${callsOf(scope, question)})::text,
      first_input::text, last_input::text, row_number() OVER (ORDER BY ${DEAREST})
    FROM (${placed(scope, question, dearest)}) AS task`;
}

/** The tasks with calls in the period: cells of each cut, and the dearest of them, in one statement. */
export async function readTasks(scope: Scope, question: TasksQuestion): Promise<Tasks> {
  const { cuts, top } = question;
  const pieces = [cellsOf(scope, question), ...(top > 0 ? [dearestOf(scope, question)] : [])];
  const found = await scanCalls<Found>(Prisma.sql`
    WITH task AS MATERIALIZED (${eachTask(scope, question)})
    SELECT * FROM (${Prisma.join(pieces, " UNION ALL ")}) AS found
      (grouping, environment, tenant, feature, deploy, ending, turns, tasks, "unpricedTasks", calls, cost, "unpricedCalls", grown,
        "taskId", "firstAt", "durationMs", "firstInput", "lastInput", place)
    ORDER BY place`);
  return {
    cuts: cuts.map((cut) => found.filter(({ grouping }) => grouping === groupingOf(cut, cuts)).map(toCell)),
    top: found.flatMap((row) => toTask(row) ?? []),
  };
}

function toCell({ environment, tenant, feature, deploy, ending, ...row }: Found): CutCell {
  return {
    ...{ environment, tenant, feature, deploy, ending },
    turns: Number(row.turns),
    tasks: BigInt(row.tasks),
    unpricedTasks: BigInt(row.unpricedTasks),
    calls: BigInt(row.calls),
    cost: BigInt(row.cost),
    unpricedCalls: BigInt(row.unpricedCalls),
    grown: BigInt(row.grown),
  };
}

function toTask(row: Found): Task | null {
  const { taskId, firstAt, environment, tenant, feature, deploy, ending } = row;
  if (taskId === null || firstAt === null) return null;
  const exactOrNull = (value: string | null) => (value === null ? null : BigInt(value));
  return {
    ...{ taskId, firstAt, ending },
    ...{ environment: environment ?? "", tenant: tenant ?? "", feature: feature ?? "", deploy: deploy ?? "" },
    calls: BigInt(row.calls),
    turns: Number(row.turns),
    cost: BigInt(row.cost),
    unpricedCalls: BigInt(row.unpricedCalls),
    durationMs: BigInt(row.durationMs ?? "0"),
    firstInputTokens: exactOrNull(row.firstInput),
    lastInputTokens: exactOrNull(row.lastInput),
  };
}
