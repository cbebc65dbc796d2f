import { anthropicUsage } from "@/tests/support/calls";
import { deployAt } from "../deploys";
import { FEATURES, modelAt } from "../features";
import { toBody } from "../request";
import { before, type SampleCall, type Story } from "../story";

const DAY_MS = 86_400_000;
const CALLS_A_NIGHT = 44;
const OWNERS = ["Contoso", "Umbra Health", "Woodgrove Bank"] as const;

/** Every night at 02:00 UTC the recordings of the day are summarised in a batch, at half the price. */
export function nightlyBatch(now: Date): Story {
  return {
    name: "nightly-batch",
    extra: (random, deploys) => {
      const summary = FEATURES.find((feature) => feature.name === "call-summary");
      if (!summary) return [];
      const calls: SampleCall[] = [];
      const midnight = new Date(before(now, 90).toISOString().slice(0, 10)).getTime();
      for (let night = midnight + 2 * 3_600_000; night < now.getTime(); night += DAY_MS) {
        for (let index = 0; index < CALLS_A_NIGHT; index += 1) {
          const occurredAt = new Date(night + index * 31_000 + random.below(20_000));
          if (occurredAt > now || occurredAt < before(now, 90)) continue;
          const model = modelAt(summary, occurredAt, 0);
          const tokens = {
            input: random.around(52_000, 0.3),
            write5m: 0,
            write1h: 0,
            read: 0,
            output: random.around(1_900, 0.3),
          };
          const planned = {
            occurredAt,
            tenant: random.pick(OWNERS),
            feature: summary.name,
            model,
            tokens,
            prefixHash: null,
          };
          calls.push({
            environment: "production",
            body: {
              ...toBody(planned, summary, 200, random),
              usage: anthropicUsage(tokens, "batch"),
              deploy_sha: deployAt(deploys, occurredAt),
              prompt_hash: random.hex(16),
              source: "import/message-batch",
              session_id: undefined,
              ttft_ms: undefined,
              latency_ms: 240_000 + random.below(1_200_000),
            },
          });
        }
      }
      return calls;
    },
  };
}
