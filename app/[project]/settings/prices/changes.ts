import { formatCount } from "@/lib/format";
import type { PriceBook, PricedModel, PriceRow } from "@/lib/pricing/book";
import { UNDATED_NOTE } from "@/lib/pricing/genai-rows";
import { perMtok, ratesChanged, ratesInBrief } from "./rates";

/** One thing that changed in what a model costs. */
export type PriceChange = Readonly<{
  /** UTC day from which it holds. */
  on: string;
  model: PricedModel;
  /** `first` price of a model or of its fast mode, `changed` rates or tiers, `ended`: no price from then on, `retired` by its maker. */
  kind: "first" | "changed" | "ended" | "retired";
  /** `cache read $0.20 → $0.10`; USD for a million tokens. */
  text: string;
}>;

/**
 * Everything that changed, newest first; on one day in the order of the book. A first price of which the source does not
 * say since when it holds is no event and left out.
 */
export function listChanges({ models }: Pick<PriceBook, "models">): PriceChange[] {
  return models.flatMap(changesOf).sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1));
}

function changesOf(model: PricedModel): PriceChange[] {
  const changes = [...spansOf(model, model.rows, ""), ...spansOf(model, model.fastRows, "fast mode: ")];
  if (model.retiredOn) {
    changes.push({ on: model.retiredOn, model, kind: "retired", text: "no longer served by the maker's own API" });
  }
  return changes;
}

/** @param mode what the rows are for, in front of every text: "" or "fast mode: " */
function spansOf(model: PricedModel, rows: readonly PriceRow[], mode: string): PriceChange[] {
  return rows.flatMap((row, index) => {
    const changes: PriceChange[] = [];
    const add = (on: string, kind: PriceChange["kind"], text: string) =>
      changes.push({ on, model, kind, text: mode + text });
    const before = rows[index - 1];
    if (before && row.isChange) {
      const text = differences(before, row);
      if (text) add(row.from, "changed", text);
    } else if (!isUndated(row)) {
      add(row.from, "first", inBrief(row));
    }
    if (row.to !== null && rows[index + 1]?.from !== row.to) add(row.to, "ended", "no price from this day on");
    return changes;
  });
}

/** Whether the source gives a price without saying since when it holds. */
export function isUndated({ note }: PriceRow): boolean {
  return note?.includes(UNDATED_NOTE) ?? false;
}

const overPrompt = (above: number) => `over ${formatCount(above)} prompt tokens:`;
const brief = (rates: PriceRow["rates"]) => ratesInBrief(perMtok(rates)) || "unpriced";

function inBrief({ rates, longPrompt }: PriceRow): string {
  return longPrompt ? `${brief(rates)}; ${overPrompt(longPrompt.above)} ${brief(longPrompt.rates)}` : brief(rates);
}

function differences(before: PriceRow, after: PriceRow): string {
  const texts = [ratesChanged(perMtok(before.rates), perMtok(after.rates))];
  const [was, is] = [before.longPrompt, after.longPrompt];
  if (was && is && was.above === is.above) {
    const changed = ratesChanged(perMtok(was.rates), perMtok(is.rates));
    texts.push(changed && `${overPrompt(is.above)} ${changed}`);
  } else {
    texts.push(was ? `${overPrompt(was.above)} no longer a price of its own` : "");
    texts.push(is ? `${overPrompt(is.above)} ${brief(is.rates)}` : "");
  }
  return texts.filter(Boolean).join("; ");
}
