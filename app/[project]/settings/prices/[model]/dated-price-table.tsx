import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";
import { TOKEN_KINDS } from "@/lib/pricing/schema";
import { isUndated } from "../changes";
import { placesOfColumn, RateCell } from "../rate-cell";
import { tierInWords } from "../tier-words";
import type { DatedPrice } from "./dated-prices";

const COLUMNS: readonly DataColumn[] = [
  { key: "tier", label: "For", align: "left" },
  { key: "from", label: "From", align: "left", onPhone: false },
  { key: "to", label: "Until", align: "left", onPhone: false },
  { key: "input", label: "Input" },
  { key: "cacheCreate5m", label: "5 min write", onPhone: false },
  { key: "cacheCreate1h", label: "1 h write", onPhone: false },
  { key: "cacheRead", label: "Cache read", onPhone: false },
  { key: "output", label: "Output" },
];

const day = (text: string) => formatDate(new Date(text));

/** A model's prices with their days, first and last inside; those that hold on the day looked at stand out. */
export function DatedPriceTable({ prices }: { prices: readonly DatedPrice[] }) {
  const rows = prices.map((price) => ({
    key: `${price.row.id} ${price.tier}`,
    isSelected: price.holds,
    cells: {
      tier: (
        <span className="block py-[5px]">
          <span className="flex items-center gap-1.5 max-phone:whitespace-normal">
            <span className="block first-letter:uppercase">{tierInWords(price)}</span>
            {price.contracted && <Badge variant="outline">contract</Badge>}
          </span>
          <span className="block font-normal text-muted-foreground text-note phone:hidden">{spanOf(price)}</span>
        </span>
      ),
      from: `${isUndated(price.row) ? "by " : ""}${day(price.row.from)}`,
      to: price.row.to === null ? <Muted>not ended</Muted> : lastDay(price.row.to),
      ...Object.fromEntries(
        TOKEN_KINDS.map((kind) => [
          kind,
          <RateCell
            key={kind}
            list={price.list?.[kind]}
            contracted={price.contracted?.[kind]}
            places={placesOfColumn(prices.map(({ list }) => list?.[kind]))}
          />,
        ]),
      ),
    },
  }));
  return <DataTable label="Dated prices" columns={COLUMNS} rows={rows} sort={null} />;
}

/** The book says the first day on which a price no longer holds; people read the last on which it does. */
const lastDay = (to: string) => formatDate(new Date(Date.parse(to) - 86_400_000));

const spanOf = ({ row }: DatedPrice) =>
  row.to === null ? `from ${day(row.from)}` : `${day(row.from)} – ${lastDay(row.to)}`;
