import type { Scope } from "@/lib/auth/scope";
import type { TaskOutcomeInput } from "@/lib/tasks/schema";
import { recordOutcomes } from "@/lib/tasks/write";
import { createRandom, nameHash } from "./random";
import type { SampleCall } from "./story";

const BATCH = 5_000;
/** Tasks that nobody tells the end of, and of those told that end well, by feature. */
const UNTOLD = 0.08;
const SUCCESS: Readonly<Record<string, number>> = { "agent-run": 0.78, "sql-assistant": 0.88 };
const USUAL_SUCCESS = 0.94;

type Task = { environment: SampleCall["environment"]; feature: string; endedAt: number; isAnswered: boolean } & Pick<
  TaskOutcomeInput,
  "tenant_id" | "task_id"
>;

/** Notes the tasks of the sample's calls as they pass, to tell afterwards how each ended. */
export class SampleTasks {
  readonly #tasks = new Map<string, Task>();

  /** The same calls, one after the other. */
  *watch(calls: Iterable<SampleCall>): Generator<SampleCall> {
    for (const call of calls) {
      this.#note(call);
      yield call;
    }
  }

  #note({ environment, body }: SampleCall): void {
    if (typeof body.task_id !== "string") return;
    const { tenant_id, task_id, feature } = body;
    const endedAt = Date.parse(body.occurred_at) + body.latency_ms;
    const key = JSON.stringify([environment, tenant_id, task_id]);
    if (endedAt < (this.#tasks.get(key)?.endedAt ?? 0)) return;
    this.#tasks.set(key, { environment, tenant_id, task_id, feature, endedAt, isAnswered: body.status_code === 200 });
  }

  of(environment: SampleCall["environment"]): readonly Task[] {
    return [...this.#tasks.values()].filter((task) => task.environment === environment);
  }

  async tell(scope: Scope): Promise<void> {
    for (const environment of ["production", "staging"] as const) {
      const tasks = this.of(environment);
      for (let i = 0; i < tasks.length; i += BATCH) {
        await recordOutcomes(scope, environment, tasks.slice(i, i + BATCH).flatMap(outcomeOf));
      }
    }
  }
}

/** How a task ended, if anybody told: one whose last call failed has failed, others mostly succeed. The same in every run. */
export function outcomeOf({ tenant_id, task_id, feature, endedAt, isAnswered }: Task): TaskOutcomeInput[] {
  const random = createRandom(nameHash(`${tenant_id}/${task_id}`));
  if (random.chance(UNTOLD)) return [];
  const succeeds = isAnswered && random.chance(SUCCESS[feature] ?? USUAL_SUCCESS);
  return [{ tenant_id, task_id, outcome: succeeds ? "success" : "failure", occurred_at: new Date(endedAt) }];
}
