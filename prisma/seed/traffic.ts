import { deployAt } from "./deploys";
import { type FeatureProfile, modelAt } from "./features";
import { nameHash, type Random } from "./random";
import { toBody } from "./request";
import type { Deploy, PlannedCall, SampleCall, Story } from "./story";

/** Everything that stays the same while the traffic of one environment is made. */
export type World = Readonly<{
  environment: SampleCall["environment"];
  now: Date;
  deploys: readonly Deploy[];
  stories: readonly Story[];
  random: Random;
}>;

const FAILURES = [
  { status: 429, share: 0.0078 },
  { status: 529, share: 0.002 },
  { status: 500, share: 0.0007 },
  { status: 400, share: 0.0004 },
] as const;
const MAX_ATTEMPTS = 4;

/** The calls of one task: its turns one after the other, each with its failed attempts and retries. */
export function taskCalls(world: World, tenant: string, feature: FeatureProfile, start: Date): SampleCall[] {
  const { random, stories } = world;
  const turns = feature.turns === 1 ? 1 : 1 + random.count(feature.turns - 1);
  const model = modelAt(feature, start, random.next());
  const session = {
    session_id: `sess_${random.hex(8)}`,
    task_id: `task_${random.hex(8)}`,
    user_id: `user_${random.hex(4)}`,
  };
  const calls: SampleCall[] = [];
  let at = start;
  for (let turn = 0; turn < turns && at <= world.now; turn += 1) {
    const deploySha = deployAt(world.deploys, at);
    const planned: PlannedCall = {
      occurredAt: at,
      tenant,
      feature: feature.name,
      model,
      tokens: turnTokens(feature, turn, random),
      // The system prompt and tools of a feature change with its model, not with every call.
      prefixHash: feature.prefix ? nameHash(`${feature.name}/${model}`) : null,
    };
    const call = stories.reduce((before, story) => story.alter?.(before, random) ?? before, planned);
    const identity = { ...session, deploy_sha: deploySha, prompt_hash: promptHash(tenant, feature, random) };
    at = sendUntilDone(world, feature, call, identity, calls);
    at = new Date(at.getTime() + 2_000 + random.below(feature.turns > 5 ? 12_000 : 70_000));
  }
  return calls;
}

/** Adds one call with its attempts; returns when the last of them ended. */
function sendUntilDone(
  world: World,
  feature: FeatureProfile,
  call: PlannedCall,
  identity: Record<string, unknown>,
  calls: SampleCall[],
): Date {
  let at = call.occurredAt;
  for (let attempt = 1; ; attempt += 1) {
    const status = drawStatus(world.random, attempt);
    const body = toBody({ ...call, occurredAt: at }, feature, status, world.random);
    if (at <= world.now) {
      calls.push({ environment: world.environment, body: { ...body, ...identity, ...(attempt > 1 && { attempt }) } });
    }
    at = new Date(at.getTime() + body.latency_ms);
    const gaveUp = status === 200 || status === 400 || attempt === MAX_ATTEMPTS;
    if (gaveUp) return at;
    at = new Date(at.getTime() + 400 * 2 ** attempt + world.random.below(500));
  }
}

/** A second attempt fails more often than a first: what refused it is mostly still there. */
function drawStatus(random: Random, attempt: number): number {
  let draw = random.next() / (attempt > 1 ? 12 : 1);
  for (const failure of FAILURES) {
    draw -= failure.share;
    if (draw < 0) return failure.status;
  }
  return 200;
}

function turnTokens(feature: FeatureProfile, turn: number, random: Random): PlannedCall["tokens"] {
  const history = Math.round(turn * feature.growth * (0.8 + random.next() * 0.4));
  const added = turn > 0 ? random.around(feature.growth, 0.3) : 0;
  const cached = feature.prefix + Math.max(0, history - added);
  const hit = feature.prefix > 0 && random.chance(feature.hit);
  const write = feature.prefix === 0 ? 0 : hit ? added : cached + added;
  return {
    input: Math.max(1, random.around(feature.fresh, feature.fresh > 20_000 ? 0.5 : 0.35)),
    write5m: feature.ttl === "5m" ? write : 0,
    write1h: feature.ttl === "1h" ? write : 0,
    read: hit ? cached : 0,
    output: Math.min(feature.maxTokens, Math.max(1, random.around(feature.output, 0.45))),
  };
}

/** Most prompts are new; a few of each tenant's come again and again. */
function promptHash(tenant: string, feature: FeatureProfile, random: Random): string {
  return random.chance(0.06) ? nameHash(`${tenant}/${feature.name}/${random.below(4)}`) : random.hex(16);
}
