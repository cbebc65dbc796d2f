import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { explainUnpriced, type UnpricedCause } from "@/lib/calls/explain-unpriced";
import {
  listUnpricedGroups,
  listUnpricedModels,
  type UnpricedModel,
  type UnpricedModels,
} from "@/lib/calls/list-unpriced";
import { currentPrices } from "@/lib/pricing/current-prices";

/** A model without a price, and why: `causes` of all its calls where they add up to `calls`, else of its newest. */
export type InboxEntry = UnpricedModel & Readonly<{ causes: readonly UnpricedCause[] }>;
export type Inbox = Readonly<{ sums: UnpricedModels; entries: readonly InboxEntry[] }>;

/** The models without a price and what today's prices would make of them. Once a request. */
export const readInbox = cache(async (scope: Scope): Promise<Inbox> => {
  const [sums, prices] = await Promise.all([listUnpricedModels(scope), currentPrices(scope)]);
  const groups = await listUnpricedGroups(scope, sums.models);
  const entries = sums.models.map((entry) => {
    const own = groups.filter(({ provider, model }) => provider === entry.provider && model === entry.model);
    return { ...entry, causes: explainUnpriced(own, prices) };
  });
  return { sums, entries };
});
