import { Muted } from "@/components/data-table/muted";
import { formatUsd } from "@/lib/format";
import { placesOf } from "./rates";

type Rate = bigint | null | undefined;

/** The decimals of a column of rates, so that their points stand below each other. */
export function placesOfColumn(rates: readonly Rate[]): number {
  return Math.max(2, ...rates.map((rate) => (rate ? placesOf(rate) : 2)));
}

/** A rate for a million tokens; by contract, with the list price below it where that differs. */
export function RateCell({ list, contracted, places }: { list: Rate; contracted?: Rate; places: number }) {
  const rate = contracted ?? list;
  if (rate === null || rate === undefined) return <Muted>none</Muted>;
  const isOther = contracted !== null && contracted !== undefined && contracted !== list;
  return (
    <>
      <span className={isOther ? "font-medium" : undefined}>
        <Aligned rate={rate} places={places} />
      </span>
      {isOther && list !== null && list !== undefined && (
        <span className="block text-axis text-muted-foreground">
          list <Aligned rate={list} places={places} />
        </span>
      )}
    </>
  );
}

/** The decimals that a rate lacks take their room unseen. */
function Aligned({ rate, places }: { rate: bigint; places: number }) {
  const own = placesOf(rate);
  return (
    <>
      {formatUsd(rate, { places: own })}
      <span aria-hidden className="invisible select-none">
        {"0".repeat(Math.max(0, places - own))}
      </span>
    </>
  );
}
