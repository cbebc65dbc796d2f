import { Muted } from "@/components/data-table/muted";
import { formatUsd } from "@/lib/format";
import { placesOf } from "./rates";

type Rate = bigint | null | undefined;

/** Rates by contract may need more: those few stand out of the line. */
const MOST_ALIGNED = 4;

/** The decimals of a column of rates, so that their points stand below each other. */
export function placesOfColumn(rates: readonly Rate[]): number {
  return Math.min(MOST_ALIGNED, Math.max(2, ...rates.map((rate) => (rate ? placesOf(rate) : 2))));
}

/** A rate for a million tokens; by contract, with the list price struck out below it where that differs. */
export function RateCell({ list, contracted, places }: { list: Rate; contracted?: Rate; places: number }) {
  const rate = contracted ?? list;
  if (rate === null || rate === undefined) return <Muted>none</Muted>;
  const isOther = contracted !== null && contracted !== undefined && contracted !== list;
  if (!isOther) return <Aligned rate={rate} places={places} />;
  return (
    <span className="block py-[5px] font-medium">
      <Aligned rate={rate} places={places} />
      {list !== null && list !== undefined && (
        <span className="block font-normal text-axis text-muted-foreground">
          <span className="sr-only"> list </span>
          <s>
            <Aligned rate={list} places={places} />
          </s>
        </span>
      )}
    </span>
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
