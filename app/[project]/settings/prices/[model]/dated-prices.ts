import type { PricedModel, PriceRow } from "@/lib/pricing/book";
import type { ListedModel, TierPrice } from "../price-list";
import { perMtok } from "../rates";

/** A price with the days on which it holds. */
export type DatedPrice = TierPrice & Readonly<{ row: PriceRow /** On the day that is looked at. */; holds: boolean }>;

/** All prices of a model, standard before fast, newest first; with the contract on those that hold that day. */
export function listDatedPrices(model: PricedModel, { tiers }: Pick<ListedModel, "tiers">): DatedPrice[] {
  return [...model.rows.toReversed(), ...model.fastRows.toReversed()].flatMap((row) => {
    const dated = (tier: TierPrice["tier"], above: number | null, rates: PriceRow["rates"]): DatedPrice => {
      const held = tiers.find((price) => price.row === row && price.tier === tier);
      return {
        tier,
        above,
        row,
        list: perMtok(rates),
        contracted: held?.contracted ?? null,
        holds: held !== undefined,
      };
    };
    const base = dated(row.fast ? "fast" : "standard", null, row.rates);
    if (!row.longPrompt) return [base];
    return [base, dated(row.fast ? "fast_long" : "long", row.longPrompt.above, row.longPrompt.rates)];
  });
}
