import { csvResponse } from "@/lib/csv";
import { HttpProblem } from "@/lib/http";
import type { Prices } from "@/lib/pricing/contract";
import { listChanges } from "./changes";
import { CHANGE_CSV_COLUMNS, changeCsvRows, PRICE_CSV_COLUMNS, priceCsvRows } from "./price-csv";
import { findModels, listPrices } from "./price-list";
import { parsePriceQuery } from "./price-query";

/**
 * The table that the page shows for these parameters, all of its rows, as CSV.
 * @throws HttpProblem 400 for parameters that the page refuses, in the same words.
 */
export async function answerPriceCsv(prices: Prices, params: URLSearchParams, now: Date): Promise<Response> {
  const parsed = parsePriceQuery(params, prices, now);
  if (!parsed.ok) {
    throw new HttpProblem(400, "Bad query", "See errors.", { errors: parsed.errors });
  }
  const { query } = parsed;
  if (query.show === "changes") {
    const rows = changeCsvRows(listChanges({ models: findModels(prices, query) }));
    return csvResponse(`price-changes-${prices.book.version}.csv`, CHANGE_CSV_COLUMNS, batch(rows));
  }
  return csvResponse(
    `prices-${query.on}.csv`,
    PRICE_CSV_COLUMNS,
    batch(priceCsvRows(listPrices(prices, query), query)),
  );
}

async function* batch<T>(rows: T): AsyncGenerator<T> {
  yield rows;
}
