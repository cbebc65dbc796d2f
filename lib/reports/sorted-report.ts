import { orderRows } from "./cache-order";
import type { Report } from "./report";
import { EVERY_ROW } from "./schema";

/**
 * A report with an order of its own that can also be sorted by some of its columns, and by nothing else. It has all of
 * its rows in memory anyway: they are sorted there, and cut after. Without `keys` its own order is the only one.
 */
export function sortedReport(keys: readonly string[], report: Report): Report {
  return {
    ...report,
    sorts: keys,
    run: async (scope, query, asOf) => {
      const { sort, limit } = query;
      if (!sort || !keys.includes(sort.key)) return report.run(scope, query, asOf);
      const result = await report.run(scope, { ...query, sort: null, limit: EVERY_ROW }, asOf);
      return { ...result, rows: orderRows(result.rows, sort).slice(0, limit) };
    },
  };
}
