import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { PanelFrame } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { type Prices, resolveAlias } from "@/lib/pricing/contract";
import { ModelContract } from "./model-contract";

type Props = {
  base: string;
  prices: Prices;
  name: string;
  /** UTC day. */
  on: string;
  isMember: boolean;
};

/** A name that the book does not know: its calls are unpriced unless the contract prices it. */
export function UnknownModel({ base, prices, name, on, isMember }: Props) {
  const names = [name, resolveAlias(prices.contract, name, Date.parse(on))];
  const overrides = prices.contract.overrides.filter(({ model }) => model !== null && names.includes(model));
  const to = (kind: string) => `${base}/settings/contract?new=${kind}&model=${encodeURIComponent(name)}`;
  return (
    <>
      <PanelFrame label="Not in the book">
        <Empty
          title={`${name} is not in the price book`}
          action={
            <div className="flex flex-wrap justify-center gap-2">
              <Button asChild>
                <Link href={`${base}/settings/prices`}>Show all prices</Link>
              </Button>
              {isMember && overrides.length === 0 && (
                <>
                  <Button asChild>
                    <Link href={to("alias")}>Say what it stands for</Link>
                  </Button>
                  <Button asChild>
                    <Link href={to("rates")}>Give it a price</Link>
                  </Button>
                </>
              )}
            </div>
          }
        >
          {overrides.length > 0
            ? "It has no list price: its calls are priced by your contract alone, on the days on which that holds."
            : "Its price is never guessed: calls are unpriced until the contract says what it stands for or what it costs."}
        </Empty>
      </PanelFrame>
      {overrides.length > 0 && (
        <ModelContract overrides={overrides} on={on} contractHref={isMember ? `${base}/settings/contract` : null} />
      )}
    </>
  );
}
