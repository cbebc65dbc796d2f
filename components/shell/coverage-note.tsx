import Link from "next/link";
import { formatCount, formatPercent, formatUsd } from "@/lib/format";
import type { Coverage } from "@/lib/reports/schema";

/** The priced share, rounded down: while one call is missing it never reads 100 %. */
function pricedShare(calls: bigint, unpriced: bigint): string {
  return formatPercent(Number(((calls - unpriced) * 10_000n) / calls) / 10_000, 2);
}

/** What the totals leave out: "Priced 99.97% of 4,553,891 calls. 1,284 calls unpriced, not in these totals; 4,118 estimated, $61.07". */
export function CoverageNote({ coverage, unpricedHref }: { coverage: Coverage; unpricedHref?: string }) {
  const { calls, unpricedCalls, estimatedCalls, estimatedCostUsdPicos } = coverage;
  if (calls === 0n) return <span>No calls in this period</span>;
  const unpriced = `${formatCount(unpricedCalls)} ${unpricedCalls === 1n ? "call" : "calls"} unpriced`;
  return (
    <span>
      {unpricedCalls === 0n
        ? `All ${formatCount(calls)} calls priced`
        : `Priced ${pricedShare(calls, unpricedCalls)} of ${formatCount(calls)} calls. `}
      {unpricedCalls > 0n && (
        <>
          {unpricedHref ? (
            <Link href={unpricedHref} className="link">
              {unpriced}
            </Link>
          ) : (
            unpriced
          )}
          , not in these totals
        </>
      )}
      {estimatedCalls > 0n && `; ${formatCount(estimatedCalls)} estimated, ${formatUsd(estimatedCostUsdPicos)}`}
    </span>
  );
}
