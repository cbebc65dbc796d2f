import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { formatCount, formatDate } from "@/lib/format";
import type { Prices } from "@/lib/pricing/contract";
import { BreakdownPages } from "../../panels/breakdown-pages";
import { here } from "../../view";
import { bookAge, MAX_AGE_DAYS } from "./book-age";
import { ChangeTable } from "./change-table";
import { listChanges } from "./changes";
import { PriceFilters } from "./price-filters";
import { findModels, listPrices } from "./price-list";
import { modelHref, type PriceQuery } from "./price-query";
import { PriceTable } from "./price-table";

const PAGE_SIZE = 50;

type Props = {
  /** `/acme-assist`. */
  base: string;
  params: URLSearchParams;
  prices: Prices;
  query: PriceQuery;
  now: Date;
};

/** The book as a list of prices on a day, or as the list of what changed in it. */
export function PriceListPanel({ base, params, prices, query, now }: Props) {
  const { book } = prices;
  const address = { path: `${base}/settings/prices`, params };
  const today = now.toISOString().slice(0, 10);
  const hrefOf = (model: string) => modelHref(base, params, model);
  const isChanges = query.show === "changes";
  const models = findModels(prices, query);
  const changes = isChanges ? listChanges({ models }) : [];
  const listed = isChanges ? [] : listPrices(prices, query);
  const count = isChanges ? changes.length : listed.length;
  const pages = Math.max(1, Math.ceil(count / PAGE_SIZE));
  const page = Math.min(query.page, pages);
  const cut = <T,>(all: readonly T[]) => all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const old = listed.filter(({ model }) => bookAge(model.checkedOn, now).isOld).length;
  const ofAll = `${formatCount(models.length)} of ${formatCount(book.models.length)} models`;
  return (
    <Panel
      title="Price book"
      question={`USD for a million tokens, as of ${formatDate(new Date(book.asOf))}`}
      menu={{ csvHref: here({ path: `${base}/export/prices`, params }, { page: null }) }}
      right={<PanelCount>{isChanges ? `${formatCount(count)} changes, ${ofAll}` : ofAll}</PanelCount>}
      toolbar={<PriceFilters {...{ address, prices, query, today }} />}
    >
      {count === 0 && <NothingFound {...{ address, query }} />}
      {count > 0 && isChanges && <ChangeTable changes={cut(changes)} hrefOf={hrefOf} today={today} />}
      {count > 0 && !isChanges && <PriceTable listed={cut(listed)} {...{ query, hrefOf, now }} />}
      {pages > 1 && <BreakdownPages view={address} page={page} pages={pages} />}
      <PanelFoot link={<Link href={`${base}/calculator`}>Calculator</Link>}>
        {isChanges
          ? "A price that a source gives without its first day is no change and not listed here."
          : "A kind without a rate is unpriced, never $0. A price holds from 00:00 UTC of its first day."}
        {old > 0 && (
          <span className="text-warn">
            {" "}
            {formatCount(old)} of {formatCount(listed.length)} were last checked more than {MAX_AGE_DAYS} days ago.
          </span>
        )}
      </PanelFoot>
    </Panel>
  );
}

function NothingFound({ address, query }: { address: { path: string; params: URLSearchParams }; query: PriceQuery }) {
  const all = here(address, { q: null, provider: null, platform: null, page: null });
  return (
    <Empty
      title={query.q ? `No model called ${query.q}` : "Nothing here"}
      action={
        <Link className="link" href={all}>
          Show all
        </Link>
      }
    >
      {query.show === "changes"
        ? "Nothing has changed for these models since the book knows them."
        : "No model of the book matches. Calls of a model that it does not know stay unpriced."}
    </Empty>
  );
}
