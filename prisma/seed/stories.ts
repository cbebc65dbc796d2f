import { cacheLost } from "./stories/cache-lost";
import { nightlyBatch } from "./stories/nightly-batch";
import { quietWeekend } from "./stories/quiet-weekend";
import { retryStorm } from "./stories/retry-storm";
import { tenantArrives } from "./stories/tenant-arrives";
import { tenantGrows } from "./stories/tenant-grows";
import { tenantHalves } from "./stories/tenant-halves";
import { toolResultUntruncated } from "./stories/tool-result-untruncated";
import { unknownModel } from "./stories/unknown-model";
import type { Story } from "./story";

/** What happened in the 90 days before `now`, in the order in which the stories change a call. */
export function tellStories(now: Date): readonly Story[] {
  return [
    tenantGrows(now),
    tenantHalves(now),
    tenantArrives(now),
    quietWeekend(now),
    toolResultUntruncated(now),
    cacheLost(now),
    unknownModel(now),
    retryStorm(now),
    nightlyBatch(now),
  ];
}
