import { formatDate } from "@/lib/format";
import type { PriceBook } from "@/lib/pricing/book";

/** Where the rates come from: rows of the book with their days and sources, or terms of the contract. */
export function PriceSources({ ids, book }: { ids: readonly string[]; book: PriceBook }) {
  const day = (text: string) => formatDate(new Date(`${text}T00:00:00Z`));
  return ids.map((id) => {
    const row = book.rows.find((known) => known.id === id);
    if (!row) {
      return (
        <p key={id}>
          Rates: <span className="mono break-all">{id}</span>, of your contract.
        </p>
      );
    }
    return (
      <p key={id} className="break-words">
        Rates: <span className="mono">{row.model}</span>
        {row.fast && ", fast mode"}, valid from {day(row.from)}
        {row.to && ` to ${day(row.to)}`}. Source: {row.sources.join(", ")}.
      </p>
    );
  });
}
