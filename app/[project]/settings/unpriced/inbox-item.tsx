import Link from "next/link";
import type { TopNames } from "@/lib/calls/list-unpriced";
import { formatCompact, formatCount, formatDate, formatDateTime, formatMinute, formatPercent } from "@/lib/format";
import { Figure } from "../figure";
import { InboxCause } from "./inbox-cause";
import { counted } from "./inbox-count";
import { callsHref } from "./links";
import type { InboxEntry } from "./read-inbox";

type Props = { entry: InboxEntry; allTokens: bigint; slug: string; canSetPrices: boolean };

/** One model without a price: its figures, from whom, and each reason with what to do about it. */
export function InboxItem({ entry, allTokens, slug, canSetPrices }: Props) {
  const { provider, model, calls, tokens, firstDay, lastDay, tenants, features, causes } = entry;
  const seen = causes.reduce((sum, cause) => sum + cause.calls, 0n);
  const lastAt = causes.map((cause) => cause.lastAt).toSorted((a, b) => b.getTime() - a.getTime())[0];
  return (
    <li className="border-border border-b px-4 py-3.5 last:border-b-0 max-phone:px-3.5">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2">
        <div className="min-w-0">
          <h3 className="mono break-all font-medium">{model}</h3>
          <p className="text-note text-text-2">{provider === "unknown" ? "maker not known" : `by ${provider}`}</p>
        </div>
        <dl className="grid grid-flow-col gap-x-6 text-right max-phone:w-full max-phone:grid-flow-row max-phone:grid-cols-3 max-phone:gap-y-1.5 max-phone:text-left">
          <Figure label="Calls">{formatCount(calls)}</Figure>
          <Figure label="Tokens">
            <span title={formatCount(tokens)}>{formatCompact(tokens)}</span>
          </Figure>
          <Figure label="Of all tokens">{share(tokens, allTokens)}</Figure>
          <Figure label="Since">{formatDate(firstDay)}</Figure>
          <Figure label="Last call, UTC">
            {lastAt ? <span title={formatDateTime(lastAt)}>{formatMinute(lastAt)}</span> : formatDate(lastDay)}
          </Figure>
        </dl>
      </div>
      <p className="mt-1.5 text-note text-text-2">
        From <Names top={tenants} noun="tenant" />, for <Names top={features} noun="feature" />.{" "}
        <Link href={callsHref(slug, entry)} className="link">
          Show the {calls === 1n ? "call" : counted(calls, "call")}
        </Link>
      </p>
      {causes.map((cause) => (
        <InboxCause
          key={JSON.stringify([cause.sentModel, cause.platform, cause.reason])}
          cause={cause}
          entry={entry}
          isOnly={causes.length === 1}
          isSample={seen < calls}
          slug={slug}
          canSetPrices={canSetPrices}
        />
      ))}
      {seen < calls && (
        <p className="mt-2 text-muted-foreground text-note">
          {seen === 0n
            ? "The calls themselves are no longer kept, only their sums."
            : `Why is read from the newest ${formatCount(seen)} of these calls.`}
        </p>
      )}
    </li>
  );
}

/** "Northwind, Contoso, Litware and 3 more tenants". */
function Names({ top: { names, count }, noun }: { top: TopNames; noun: string }) {
  const more = count - names.length;
  return (
    <>
      <span className="break-words font-medium text-foreground">{names.join(", ")}</span>
      {more > 0 && ` and ${counted(more, `more ${noun}`)}`}
    </>
  );
}

/** What is not nothing never reads 0.00 %. */
function share(part: bigint, whole: bigint): string {
  if (part === 0n || whole === 0n) return "none";
  const ratio = Number((part * 1_000_000n) / whole) / 1_000_000;
  return ratio < 0.0001 ? "under 0.01%" : formatPercent(ratio, 2);
}
