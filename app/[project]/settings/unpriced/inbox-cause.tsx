import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { UnpricedCause } from "@/lib/calls/explain-unpriced";
import { formatCount } from "@/lib/format";
import { reasonInWords } from "../../calls/call-words";
import { adviceFor } from "./advice";
import { counted } from "./inbox-count";
import { repriceHref } from "./links";
import type { InboxEntry } from "./read-inbox";

type Props = {
  cause: UnpricedCause;
  entry: InboxEntry;
  /** True where all calls of the model have the same reason: its count is not said twice. */
  isOnly: boolean;
  /** True where the reasons are read from the newest calls only. */
  isSample: boolean;
  slug: string;
  canSetPrices: boolean;
};

/** Why calls of a model have no price, and what can be done about it. */
export function InboxCause({ cause, entry, isOnly, isSample, slug, canSetPrices }: Props) {
  const { sentModel, platform, reason, calls, pricedNow } = cause;
  const advice = adviceFor(cause, `/${slug}/settings/contract`);
  const isSolved = pricedNow?.calls === calls;
  const why = reasonInWords(reason);
  return (
    <div className="mt-2 flex flex-wrap items-start gap-x-6 gap-y-2 border-border border-t pt-2.5">
      <div className="min-w-[min(100%,300px)] flex-1">
        <p>
          {isOnly ? "On" : `${counted(calls, "call")} on`} {platform}
          {sentModel !== entry.model && (
            <>
              {" "}
              as <span className="mono break-all">{sentModel}</span>
            </>
          )}
          : {why}.
        </p>
        <p className="text-note text-text-2">
          {pricedNow ? pricedNowText(pricedNow.calls, calls, isSample) : advice.text}
          {!canSetPrices && (pricedNow || advice.remedies.length > 0) && " An owner of the project can do it."}
        </p>
      </div>
      {canSetPrices && (
        <div className="flex flex-wrap gap-1.5">
          {!isSolved &&
            advice.remedies.map(({ label, href }) => (
              <Button key={label} asChild>
                <Link href={href}>{label}</Link>
              </Button>
            ))}
          {pricedNow && (
            <Button asChild>
              <Link href={repriceHref(slug, entry, pricedNow, isSample)}>
                Re-price {isSample ? "its calls" : counted(pricedNow.calls, "call")}
              </Link>
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function pricedNowText(priced: bigint, calls: bigint, isSample: boolean): string {
  if (priced === calls) return "Today's prices know it: once re-priced, these calls are in the totals.";
  if (isSample) return "Today's prices know some of these calls; the others still need a price.";
  return `Today's prices know ${formatCount(priced)} of these calls; the other ${formatCount(calls - priced)} still need a price.`;
}
