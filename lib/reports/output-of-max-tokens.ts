import { Prisma } from "@/prisma/client/client";
import { percentileReport } from "./percentile-report";

/** How much of its max_tokens an answer takes: 1 is an answer that was cut. Of successful calls that tell max_tokens. */
export const outputOfMaxTokens = percentileReport({
  name: "output-of-max-tokens",
  label: "Output of max_tokens",
  question: "How much of max_tokens is never used?",
  by: "feature",
  measured: [
    {
      key: "output_share",
      label: "Output of max_tokens",
      unit: "ratio",
      sql: Prisma.sql`output_tokens::float8 / max_tokens`,
    },
    { key: "output_tokens", label: "Output tokens", unit: "tokens", sql: Prisma.sql`output_tokens::float8` },
    { key: "max_tokens", label: "max_tokens", unit: "tokens", sql: Prisma.sql`max_tokens::float8` },
  ],
  where: () => Prisma.sql`status_code < 400 AND max_tokens > 0`,
});
