import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { cutAtChanges } from "@/lib/cache/rates";
import type { ReuseCell } from "@/lib/cache/reuse";
import { type ReuseQuestion, reuseStatement } from "@/lib/cache/reuse-statement";
import { scanCalls } from "@/lib/calls/scan";
import type { Prices } from "@/lib/pricing/contract";

type RawCell = Readonly<
  Record<"feature" | "deploy_sha" | "provider" | "model", string> &
    Record<"era" | "uses" | "unpriced" | `gap_${0 | 1 | 2 | 3 | 4}`, number> &
    Record<"first_at" | "last_at", Date> &
    Record<"read_tokens" | "write_5m_tokens" | "write_1h_tokens" | "unread_tokens" | "open_tokens", string> &
    Record<"read_cost" | "write_5m_cost" | "write_1h_cost" | "read_late_cost", string> &
    Record<"unread_5m_cost" | "unread_1h_cost" | "open_5m_cost" | "open_1h_cost" | "rewritten_cost", string | null>
>;

/** A sum of money; null where no call had a price. */
const picos = (text: string | null) => BigInt(text ?? "0");

/**
 * How the prefixes of the calls of a period were used again: reads the calls themselves, so it may take seconds.
 * @param prices decide where the period is cut, so that the rates of a cell are one.
 * @throws ScanTimeout when there are too many.
 */
export async function readReuse(
  scope: Scope,
  prices: Prices,
  question: Omit<ReuseQuestion, "eras">,
): Promise<readonly ReuseCell[]> {
  const eras = cutAtChanges(prices, question.period);
  const rows = await scanCalls<RawCell>(reuseStatement(scope, { ...question, eras }));
  return rows.map((row) => ({
    feature: row.feature,
    deploy: row.deploy_sha,
    provider: row.provider,
    model: row.model,
    era: eras[row.era] ?? question.period,
    uses: row.uses,
    firstAt: row.first_at,
    lastAt: row.last_at,
    unpriced: row.unpriced,
    readTokens: BigInt(row.read_tokens),
    write5mTokens: BigInt(row.write_5m_tokens),
    write1hTokens: BigInt(row.write_1h_tokens),
    readCost: picos(row.read_cost),
    write5mCost: picos(row.write_5m_cost),
    write1hCost: picos(row.write_1h_cost),
    unreadTokens: BigInt(row.unread_tokens),
    unreadCost: picos(row.unread_5m_cost) + picos(row.unread_1h_cost),
    openTokens: BigInt(row.open_tokens),
    openCost: picos(row.open_5m_cost) + picos(row.open_1h_cost),
    rewrittenCost: picos(row.rewritten_cost),
    readLateCost: picos(row.read_late_cost),
    gaps: [row.gap_0, row.gap_1, row.gap_2, row.gap_3, row.gap_4],
  }));
}
