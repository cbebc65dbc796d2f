import type { Scope } from "@/lib/auth/scope";
import { formatUsd } from "@/lib/format";
import type { Period } from "@/lib/period";
import { sideFilters } from "@/lib/reports/deploy-spans";
import { runReport } from "@/lib/reports/registry";
import type { Filter } from "@/lib/reports/schema";
import { sumOf } from "../../panels/stack";
import { drillHref, type View } from "../../view";
import { type DeployChange, otherFilters } from "./read-deploy";

const PAYERS = 3;

/** What each tenant's calls of the cause cost more than as many did before, largest first, in the direction of the change. */
export async function readPayers(scope: Scope, view: View, { spans, cause }: DeployChange) {
  if (!cause) return [];
  const read = async (period: Period, filters: readonly Filter[]) => {
    const { rows } = await runReport(scope, "usage-summary", {
      ...view.query,
      period,
      compare: null,
      filters: [...filters, { dimension: "feature", op: "is", values: [cause.feature] }],
      groupBy: ["tenant"],
      measures: ["cost", "calls", "unpriced_calls"],
      bucket: null,
      sort: null,
      limit: 100_000,
    });
    return rows.map((row) => ({
      tenant: String(row.tenant),
      cost: sumOf(row, "cost"),
      calls: sumOf(row, "calls") - sumOf(row, "unpriced_calls"),
    }));
  };
  const own = sideFilters(spans, otherFilters(view));
  const [before, after] = await Promise.all([read(spans.before, own.before), read(spans.after, own.after)]);
  const was = new Map(before.map((one) => [one.tenant, one]));
  const sign = cause.amountUsdPicos > 0n ? 1n : -1n;
  return after
    .flatMap(({ tenant, cost, calls }) => {
      const earlier = was.get(tenant);
      if (!earlier || earlier.calls <= 0n) return [];
      return [{ tenant, extra: cost - (earlier.cost * calls) / earlier.calls }];
    })
    .filter(({ extra }) => extra * sign > 0n)
    .sort((a, b) => Number((b.extra - a.extra) * sign))
    .slice(0, PAYERS)
    .map(({ tenant, extra }) => ({
      key: tenant,
      name: tenant,
      size: Number(extra) / 1e12,
      value: formatUsd(extra, { places: 2, signed: true }),
      tone: "difference" as const,
      href: drillHref({ ...view, own: null }, "tenant", tenant),
    }));
}
