import { FEATURES } from "../features";
import { nameHash } from "../random";
import { toBody } from "../request";
import { before, type SampleCall, type Story } from "../story";
import { CACHE_LOST_SHA } from "./cache-lost";

export const STORM_CALLS = 800;
export const STORM_PROMPT_HASH = "9c41e07b2f6ad815";
const STORM_MS = 4 * 60_000;
const MAX_TOKENS = 2_048;
const CHAIN = 38;

/** Eleven hours ago Fabrikam's agent sends one prompt 800 times within four minutes: each answer is cut at max_tokens and asked again. */
export function retryStorm(now: Date): Story {
  const start = before(now, 0, 11).getTime();
  return {
    name: "retry-storm",
    extra: (random) => {
      const agent = FEATURES.find((feature) => feature.name === "agent-run") ?? FEATURES[0];
      if (!agent) return [];
      const calls: SampleCall[] = [];
      for (let index = 0; index < STORM_CALLS; index += 1) {
        const body = toBody(
          {
            occurredAt: new Date(start + Math.floor((index * STORM_MS) / STORM_CALLS) + random.below(250)),
            tenant: "Fabrikam",
            feature: agent.name,
            model: "claude-opus-5-5",
            tokens: { input: 900, write5m: 0, write1h: 0, read: 41_500, output: MAX_TOKENS },
            prefixHash: nameHash("agent-run/claude-opus-5-5"),
          },
          { ...agent, maxTokens: MAX_TOKENS },
          200,
          random,
        );
        const identity = {
          deploy_sha: CACHE_LOST_SHA,
          prompt_hash: STORM_PROMPT_HASH,
          session_id: "sess_storm0001",
          task_id: `task_storm${Math.floor(index / CHAIN)}`,
          attempt: 1 + (index % CHAIN),
        };
        calls.push({
          environment: "production",
          body: { ...body, ...identity, latency_ms: 2_600 + random.below(1_600) },
        });
      }
      return calls;
    },
  };
}
