import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Badge } from "@/components/ui/badge";
import { formatAxisCount, formatCount, formatDate } from "@/lib/format";
import type { PriceRow } from "@/lib/pricing/book";
import { TOKEN_KINDS, type TokenKind } from "@/lib/pricing/schema";
import { bookAge } from "./book-age";
import { isUndated } from "./changes";
import { listModifiers } from "./modifiers";
import type { ListedModel, TierPrice } from "./price-list";
import type { PriceQuery } from "./price-query";
import { placesOfColumn, RateCell } from "./rate-cell";
import { tierInWords } from "./tier-words";

const day = (text: string) => formatDate(new Date(text));

/** `7 Oct 2026`; `by 1 Jan 2026` where the source does not say since when. */
const sinceInWords = (row: PriceRow) => `${isUndated(row) ? "by " : ""}${day(row.from)}`;

const PHONE = { onPhone: false } as const;

const COLUMNS: readonly DataColumn[] = [
  { key: "name", label: "Model", sortKey: "model", align: "left" },
  { key: "input", label: "Input", sortKey: "input" },
  { ...PHONE, key: "cacheCreate5m", label: "5 min write" },
  { ...PHONE, key: "cacheCreate1h", label: "1 h write" },
  { ...PHONE, key: "cacheRead", label: "Cache read", sortKey: "cache_read" },
  { key: "output", label: "Output", sortKey: "output" },
  { ...PHONE, key: "modifiers", label: "Modifiers", align: "left", isMuted: true },
  { ...PHONE, key: "cacheable", label: "Cached from", isMuted: true },
  { ...PHONE, key: "context", label: "Context", isMuted: true },
  { ...PHONE, key: "since", label: "Since", sortKey: "since", isMuted: true },
];

/** Models with their rates for a million tokens; long prompts and fast mode are rows below their model. */
export function PriceTable({
  listed,
  query,
  hrefOf,
  now,
}: {
  listed: readonly ListedModel[];
  query: PriceQuery;
  hrefOf: (model: string) => string;
  now: Date;
}) {
  const places = placesByKind(listed);
  const rows = listed.flatMap((entry): DataRow[] => {
    const [standard, ...others] = entry.tiers;
    const href = hrefOf(entry.model.id);
    const key = `${entry.model.provider}/${entry.model.id}`;
    return [
      { key, href, cells: { ...rateCells(standard, places), ...factCells(entry, query, now) } },
      ...others.map((price) => ({
        key: `${key} ${price.tier}`,
        href,
        cells: {
          ...rateCells(price, places),
          name: (
            <span className="block pl-3.5 font-normal text-text-2 max-phone:whitespace-normal max-phone:pl-2">
              {tierInWords(price)}
            </span>
          ),
          since: price.row && sinceInWords(price.row),
        },
      })),
    ];
  });
  return <DataTable label="Prices" columns={COLUMNS} rows={rows} sort={query.sort} />;
}

type Places = Readonly<Record<TokenKind, number>>;

function placesByKind(listed: readonly ListedModel[]): Places {
  const of = (kind: TokenKind) =>
    placesOfColumn(
      listed.flatMap(({ tiers }) => tiers.flatMap(({ list, contracted }) => [list?.[kind], contracted?.[kind]])),
    );
  return {
    input: of("input"),
    cacheCreate5m: of("cacheCreate5m"),
    cacheCreate1h: of("cacheCreate1h"),
    cacheRead: of("cacheRead"),
    output: of("output"),
  };
}

function rateCells(price: TierPrice | undefined, places: Places): DataRow["cells"] {
  return Object.fromEntries(
    TOKEN_KINDS.map((kind) => [
      kind,
      <RateCell key={kind} list={price?.list?.[kind]} contracted={price?.contracted?.[kind]} places={places[kind]} />,
    ]),
  );
}

function factCells({ model, tiers, termsElsewhere }: ListedModel, query: PriceQuery, now: Date): DataRow["cells"] {
  const [standard] = tiers;
  const modifiers = listModifiers(model, query.platform).map(({ short }) => short);
  const age = bookAge(model.checkedOn, now);
  const isRetired = model.retiredOn !== null && model.retiredOn <= query.on;
  const isContracted = tiers.some(({ contracted }) => contracted !== null);
  return {
    name: (
      <span className="block py-[5px]">
        <span className="flex items-center gap-1.5">
          <span className="max-w-[230px] truncate max-phone:max-w-[124px]">{model.name}</span>
          {isContracted && (
            <Badge variant="brand" className="max-phone:hidden">
              contract
            </Badge>
          )}
          {!isContracted && termsElsewhere.length > 0 && (
            <Badge variant="outline" className="max-phone:hidden">
              contract on {termsElsewhere.join(", ")}
            </Badge>
          )}
          {isRetired && <Badge className="max-phone:hidden">retired</Badge>}
        </span>
        <span className="block max-w-[280px] truncate font-normal text-muted-foreground text-note max-phone:max-w-[124px]">
          {tiers.length === 0 ? (
            "no price on that day"
          ) : (
            <>
              {model.provider} <span className="mono">{model.id}</span>
            </>
          )}
        </span>
      </span>
    ),
    modifiers:
      modifiers.length > 0 ? (
        <span className="block max-w-[104px] whitespace-normal">{modifiers.join(", ")}</span>
      ) : (
        <Muted>none known</Muted>
      ),
    cacheable: counted(model.minCacheableTokens, formatCount),
    context: counted(model.contextWindow, formatAxisCount),
    since: (
      <>
        {standard?.row ? sinceInWords(standard.row) : <Muted>none</Muted>}
        <span className={`block text-axis ${age.isOld ? "text-warn" : "text-muted-foreground"}`}>
          checked {day(model.checkedOn)}
        </span>
      </>
    ),
  };
}

function counted(tokens: number | null, format: (tokens: number) => string) {
  if (tokens === null) return <Muted>not known</Muted>;
  return <span title={`${formatCount(tokens)} tokens`}>{format(tokens)}</span>;
}
