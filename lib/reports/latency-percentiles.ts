import { Prisma } from "@/prisma/client/client";
import { percentileReport } from "./percentile-report";

/**
 * Median, 95th and 99th percentile of latency and time to first token, in milliseconds; the latter of the calls that tell
 * it. Of successful calls only: a refusal is quick, and would make a failing model look fast.
 */
export const latencyPercentiles = percentileReport({
  name: "latency-percentiles",
  label: "Latency percentiles",
  question: "How slow is it, in the middle and at worst?",
  by: "model",
  measured: [
    { key: "latency", label: "Latency", unit: "ms", sql: Prisma.sql`latency_ms` },
    { key: "ttft", label: "Time to first token", unit: "ms", sql: Prisma.sql`ttft_ms` },
  ],
  where: Prisma.sql`status_code < 400`,
});
