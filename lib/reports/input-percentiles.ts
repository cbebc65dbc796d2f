import { Prisma } from "@/prisma/client/client";
import { percentileReport } from "./percentile-report";

/**
 * Median, 95th and 99th percentile, and mean, of the input tokens of a call: fresh, cache writes and cache reads together. Of
 * successful calls only: a refused one tells no tokens, and would pull the median down as failures go up.
 */
export const inputPercentiles = percentileReport({
  name: "input-percentiles",
  label: "Input percentiles",
  question: "Does the typical prompt grow, or only the longest?",
  by: "feature",
  measured: [
    {
      key: "input_tokens",
      label: "Input tokens",
      unit: "tokens",
      sql: Prisma.sql`input_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens + cache_read_tokens`,
      hasMean: true,
    },
  ],
  where: () => Prisma.sql`status_code < 400`,
});
