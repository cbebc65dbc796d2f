import type { LinePrice } from "@/lib/pricing/schema";
import type { StoredCall } from "@/lib/reprice/stored-call";

/** What changes for the calls of a month, tenant and model. Picodollars; calls without a price are counted, not summed. */
export type Difference = {
  /** First day of the month. */
  month: string;
  tenantId: string;
  model: string;
  closed: boolean;
  calls: number;
  unpricedBefore: number;
  unpricedAfter: number;
  costBefore: bigint;
  costAfter: bigint;
  listBefore: bigint;
  listAfter: bigint;
};

/** What a closed month is to be adjusted by, for a day and what it is charged to. Picodollars. */
export type Adjustment = {
  day: string;
  environment: string;
  tenantId: string;
  feature: string;
  provider: string;
  model: string;
  cost: bigint;
  listCost: bigint;
};

/** A row whose price changes. */
export type Change = Readonly<{ call: StoredCall; price: LinePrice }>;

export const dayOf = (call: StoredCall): string => call.occurredAt.toISOString().slice(0, 10);
export const monthOf = (call: StoredCall): string => `${call.occurredAt.toISOString().slice(0, 7)}-01`;

/** Sums changes by month, tenant and model; those of closed months apart. */
export function sumDifferences(changes: readonly Change[], closedMonths: ReadonlySet<string>): Difference[] {
  const sums = new Map<string, Difference>();
  for (const { call, price } of changes) {
    const key = { month: monthOf(call), tenantId: call.tenantId, model: call.model };
    const closed = closedMonths.has(key.month);
    const sum = sums.get(JSON.stringify(key)) ?? { ...key, closed, ...NOTHING };
    sum.calls += 1;
    sum.unpricedBefore += call.costUsdPicos === null ? 1 : 0;
    sum.unpricedAfter += price.costUsdPicos === null ? 1 : 0;
    sum.costBefore += call.costUsdPicos ?? 0n;
    sum.costAfter += price.costUsdPicos ?? 0n;
    sum.listBefore += call.listCostUsdPicos ?? 0n;
    sum.listAfter += price.listCostUsdPicos ?? 0n;
    sums.set(JSON.stringify(key), sum);
  }
  return [...sums.values()];
}

const NOTHING = {
  calls: 0,
  unpricedBefore: 0,
  unpricedAfter: 0,
  costBefore: 0n,
  costAfter: 0n,
  listBefore: 0n,
  listAfter: 0n,
};

/** Sums changes that a closed month does not take into adjustments. */
export function sumAdjustments(changes: readonly Change[]): Adjustment[] {
  const sums = new Map<string, Adjustment>();
  for (const { call, price } of changes) {
    const { environment, tenantId, feature, provider, model } = call;
    const key = { day: dayOf(call), environment, tenantId, feature, provider, model };
    const sum = sums.get(JSON.stringify(key)) ?? { ...key, cost: 0n, listCost: 0n };
    sum.cost += (price.costUsdPicos ?? 0n) - (call.costUsdPicos ?? 0n);
    sum.listCost += (price.listCostUsdPicos ?? 0n) - (call.listCostUsdPicos ?? 0n);
    sums.set(JSON.stringify(key), sum);
  }
  return [...sums.values()];
}
