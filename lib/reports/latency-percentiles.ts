import { Prisma } from "@/prisma/client/client";
import { percentileReport } from "./percentile-report";

/**
 * Median, 95th and 99th percentile of latency and time to first token, in milliseconds, each of the calls that tell it: a
 * latency that was not sent is stored as 0. Of successful calls only: a refusal is quick, and would make a failing model look fast. Batches take hours, and nobody
 * waits for them: they are measured only where the service tier is asked for.
 */
export const latencyPercentiles = percentileReport({
  name: "latency-percentiles",
  label: "Latency percentiles",
  question: "How slow is it, in the middle and at worst?",
  by: "model",
  measured: [
    { key: "latency", label: "Latency", unit: "ms", sql: Prisma.sql`nullif(latency_ms, 0)` },
    { key: "ttft", label: "Time to first token", unit: "ms", sql: Prisma.sql`ttft_ms` },
  ],
  where: ({ filters, groupBy }) => {
    const asksForTier =
      groupBy.includes("service_tier") || filters.some(({ dimension }) => dimension === "service_tier");
    return asksForTier ? Prisma.sql`status_code < 400` : Prisma.sql`status_code < 400 AND service_tier <> 'batch'`;
  },
});
