import Link from "next/link";
import { formatCompact, formatCount, formatPercent, formatUsd } from "@/lib/format";
import type { Coverage } from "@/lib/reports/schema";

/** The priced share, rounded down: while one of them is missing it never reads 100 %. */
function pricedShare(whole: bigint, unpriced: bigint): string {
  const priced = whole > unpriced ? whole - unpriced : 0n;
  return formatPercent(whole === 0n ? 0 : Number((priced * 10_000n) / whole) / 10_000, 2);
}

function Unpriced({ calls, href }: { calls: bigint; href?: string }) {
  const text = `${formatCount(calls)} ${calls === 1n ? "call" : "calls"} unpriced`;
  if (!href) return text;
  return (
    <Link href={href} className="link">
      {text}
    </Link>
  );
}

/** What the totals of a panel leave out: "Priced 99.97% of 4,553,891 calls. 1,284 calls unpriced, not in these totals; 4,118 estimated, $61.07". */
export function CoverageNote({ coverage, unpricedHref }: { coverage: Coverage; unpricedHref?: string }) {
  const { calls, unpricedCalls, estimatedCalls, estimatedCostUsdPicos } = coverage;
  if (calls === 0n && unpricedCalls === 0n) return <span>No calls in this period</span>;
  return (
    <span>
      {unpricedCalls === 0n
        ? `All ${formatCount(calls)} calls priced`
        : `Priced ${pricedShare(calls, unpricedCalls)} of ${formatCount(calls)} calls. `}
      {unpricedCalls > 0n && (
        <>
          <Unpriced calls={unpricedCalls} href={unpricedHref} />, not in these totals
        </>
      )}
      {estimatedCalls > 0n && `; ${formatCount(estimatedCalls)} estimated, ${formatUsd(estimatedCostUsdPicos)}`}
    </span>
  );
}

/**
 * The same in the header of a page, tokens too: "Priced: 99.97% of 4,553,891 calls, 99.95% of 31.2B tokens. 1,284 calls
 * unpriced, in no total. 4,118 estimated, $61.07. 277 calls dropped by clients of the project, in no total".
 */
export function CoverageLine({
  coverage,
  inboxHref,
  droppedCalls,
  sourcesHref,
}: {
  coverage: Coverage;
  inboxHref: string;
  /** Calls of the project that never arrived: whose they were is not known, so filters leave them in. */
  droppedCalls: bigint;
  sourcesHref: string;
}) {
  const { calls, tokens, unpricedCalls, unpricedTokens, estimatedCalls, estimatedCostUsdPicos } = coverage;
  const dropped = droppedCalls > 0n && <Dropped calls={droppedCalls} href={sourcesHref} />;
  if (calls === 0n && unpricedCalls === 0n) return <span>No calls to price{dropped && <>. {dropped}</>}</span>;
  const amount = <span title={`${formatCount(tokens)} tokens`}>{formatCompact(tokens)} tokens</span>;
  return (
    <span>
      {unpricedCalls === 0n ? (
        <>
          All {formatCount(calls)} calls priced, {amount}.
        </>
      ) : (
        <>
          Priced: {pricedShare(calls, unpricedCalls)} of {formatCount(calls)} calls,{" "}
          {pricedShare(tokens, unpricedTokens)} of {amount}. <Unpriced calls={unpricedCalls} href={inboxHref} />, in no
          total.
        </>
      )}
      {estimatedCalls > 0n && ` ${formatCount(estimatedCalls)} estimated, ${formatUsd(estimatedCostUsdPicos)}.`}
      {dropped && <> {dropped}</>}
    </span>
  );
}

function Dropped({ calls, href }: { calls: bigint; href: string }) {
  return (
    <>
      <Link href={href} className="link">
        {formatCount(calls)} {calls === 1n ? "call" : "calls"} dropped
      </Link>{" "}
      by clients of the project, in no total.
    </>
  );
}
