import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatCompact, formatCount } from "@/lib/format";
import { bookSummary } from "@/lib/pricing/book";
import { counted } from "./inbox-count";
import { InboxItem } from "./inbox-item";
import { readInbox } from "./read-inbox";

type Props = { scope: Scope; slug: string; canSetPrices: boolean };

/** Every model that has calls without a price, most tokens first, with why and what to do about it. */
export async function UnpricedInbox({ scope, slug, canSetPrices }: Props) {
  const { entries, sums } = await readInbox(scope);
  const book = bookSummary();
  return (
    <>
      {entries.length === 0 ? (
        <NoneUnpriced calls={sums.calls} />
      ) : (
        <ul>
          {entries.map((entry) => (
            <InboxItem
              key={JSON.stringify([entry.provider, entry.model])}
              entry={entry}
              allTokens={sums.tokens}
              slug={slug}
              canSetPrices={canSetPrices}
            />
          ))}
        </ul>
      )}
      <PanelFoot link={<Link href={`/${slug}/settings/prices`}>All prices</Link>}>
        {entries.length > 0 && (
          <>
            Of all {formatCount(sums.calls)} calls with {formatCompact(sums.tokens)} tokens,{" "}
            {counted(sums.unpricedCalls, "call")} with {formatCompact(sums.unpricedTokens)} tokens{" "}
            {sums.unpricedCalls === 1n ? "is" : "are"} in no total.{" "}
          </>
        )}
        The price book of {book.asOf} knows {formatCount(book.models)} models by exact id.
      </PanelFoot>
    </>
  );
}

function NoneUnpriced({ calls }: { calls: bigint }) {
  if (calls === 0n)
    return <Empty title="No calls yet">A model without a price is listed here once it is called.</Empty>;
  return (
    <Empty title="Every call has a price">
      All {formatCount(calls)} calls are priced, or not billed by their provider. A model without a price would be
      listed here with its calls: it is never counted as $0.
    </Empty>
  );
}
