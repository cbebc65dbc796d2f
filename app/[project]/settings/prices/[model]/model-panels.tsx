import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot, PanelGrid } from "@/components/shell/panel";
import { formatDate } from "@/lib/format";
import type { PricedModel } from "@/lib/pricing/book";
import type { Prices } from "@/lib/pricing/contract";
import { DayPicker } from "../day-picker";
import { overridesOf, priceOn } from "../price-list";
import { listPlatforms, type PriceQuery } from "../price-query";
import { UrlSelect } from "../url-select";
import { DatedPriceTable } from "./dated-price-table";
import { listDatedPrices } from "./dated-prices";
import { ModelContract } from "./model-contract";
import { ModelFacts } from "./model-facts";
import { ModelSources } from "./model-sources";
import { ModelSpellings } from "./model-spellings";

type Props = {
  base: string;
  prices: Prices;
  model: PricedModel;
  query: PriceQuery;
  isMember: boolean;
  now: Date;
};

/** All that the book knows about a model, and what the contract makes of it. */
export function ModelPanels({ base, prices, model, query, isMember, now }: Props) {
  const { on, platform } = query;
  const listed = priceOn(prices, model, on, platform);
  return (
    <PanelGrid>
      <Panel
        title={model.name}
        question={
          <>
            {model.provider} <span className="mono">{model.id}</span>, USD for a million tokens
          </>
        }
        right={<DayPicker on={on} today={now.toISOString().slice(0, 10)} />}
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-text-2 max-phone:px-3.5">
          <Link className="link" href={`${base}/settings/prices`}>
            All prices
          </Link>
          <UrlSelect
            param="platform"
            label="Platform"
            all="Maker's own API"
            value={platform}
            options={listPlatforms(prices)}
          />
        </div>
        {listed.tiers.length === 0 && (
          <Empty title={`No price on ${formatDate(new Date(on))}`}>
            The book has no price for that day: calls of it are unpriced.
          </Empty>
        )}
        <DatedPriceTable prices={listDatedPrices(model, listed)} />
        <PanelFoot>A price holds from 00:00 UTC of its first day; makers publish days, never hours.</PanelFoot>
      </Panel>
      <ModelContract
        overrides={overridesOf(prices, model)}
        on={on}
        contractHref={isMember ? `${base}/settings/contract` : null}
      />
      <ModelFacts model={model} platform={platform} />
      <ModelSources book={prices.book} model={model} now={now} />
      <ModelSpellings book={prices.book} model={model} />
    </PanelGrid>
  );
}
