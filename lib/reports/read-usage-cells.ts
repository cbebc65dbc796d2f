import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb } from "@/lib/db";
import { COST_KINDS, type CostKind, type UsageCell } from "@/lib/deploys/schema";
import type { Period } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";
import type { Filter } from "./schema";
import { usageRows } from "./usage-rows";

const COLUMNS: Readonly<Record<CostKind, Readonly<{ tokens: string; cost: string }>>> = {
  input: { tokens: "input_tokens", cost: "input_cost_usd_picos" },
  cacheCreate5m: { tokens: "cache_create_5m_tokens", cost: "cache_create_5m_cost_usd_picos" },
  cacheCreate1h: { tokens: "cache_create_1h_tokens", cost: "cache_create_1h_cost_usd_picos" },
  cacheRead: { tokens: "cache_read_tokens", cost: "cache_read_cost_usd_picos" },
  output: { tokens: "output_tokens", cost: "output_cost_usd_picos" },
  webSearch: { tokens: "web_search_requests", cost: "web_search_cost_usd_picos" },
};
const SUMS = Prisma.raw(
  ["calls", ...Object.values(COLUMNS).flatMap(({ tokens, cost }) => [tokens, cost])]
    .map((name) => `sum(${name})::text AS ${name}`)
    .join(", "),
);

type RawCell = Readonly<{ feature: string; model: string; is_retry: boolean }> & Readonly<Record<string, string>>;

/** What was used in a period by feature, model with service tier, and first tries or retries. */
export async function readUsageCells(
  scope: Scope,
  period: Period,
  filters: readonly Filter[],
): Promise<readonly UsageCell[]> {
  const segments = usageRows(scope, period, filters, "day");
  if (segments.length === 0) return [];
  const parts = segments.map(
    ({ sql }) => Prisma.sql`
      SELECT feature, model || ' ' || service_tier AS model, is_retry, ${SUMS} FROM (${sql}) AS usage GROUP BY 1, 2, 3`,
  );
  const found = await readDb().$queryRaw<RawCell[]>`${Prisma.join(parts, " UNION ALL ")}`;
  const kinds = (row: RawCell, of: "tokens" | "cost") =>
    Object.fromEntries(COST_KINDS.map((kind) => [kind, BigInt(row[COLUMNS[kind][of]] ?? "0")])) as Record<
      CostKind,
      bigint
    >;
  return found.map((row) => ({
    feature: row.feature,
    model: row.model,
    isRetry: row.is_retry,
    calls: BigInt(row.calls ?? "0"),
    tokens: kinds(row, "tokens"),
    cost: kinds(row, "cost"),
  }));
}
