import { Segmented } from "@/components/ui/segmented";
import type { Prices } from "@/lib/pricing/contract";
import { SearchBox } from "../../panels/search-box";
import { here } from "../../view";
import { DayPicker } from "./day-picker";
import { listPlatforms, listProviders, type PriceQuery } from "./price-query";
import { UrlSelect } from "./url-select";

/** What of the book is shown: prices or changes, which models, whose, where and on which day. All of it is in the URL. */
export function PriceFilters({
  address,
  prices,
  query,
  today,
}: {
  address: { path: string; params: URLSearchParams };
  prices: Prices;
  query: PriceQuery;
  today: string;
}) {
  const to = (show: string | null) => here(address, { show, page: null, sort: null });
  return (
    <div
      className="flex flex-wrap items-center gap-x-1.5 gap-y-2 px-4 pt-2.5 pb-1.5 max-phone:px-3.5"
      data-print="hide"
    >
      <Segmented
        label="Show"
        value={query.show}
        options={[
          { value: "prices", label: "Prices", href: to(null) },
          { value: "changes", label: "What changed", href: to("changes") },
        ]}
      />
      <SearchBox label="Find a model" />
      <UrlSelect
        param="provider"
        label="Provider"
        all="All providers"
        value={query.provider}
        options={listProviders(prices)}
      />
      <UrlSelect
        param="platform"
        label="Platform"
        all="Maker's own API"
        value={query.platform}
        options={listPlatforms(prices)}
      />
      {query.show === "prices" && <DayPicker on={query.on} today={today} />}
    </div>
  );
}
