import { Panel, PanelFoot } from "@/components/shell/panel";
import { formatDate } from "@/lib/format";
import type { PriceBook, PricedModel } from "@/lib/pricing/book";
import { bookAge } from "../book-age";
import { Fact, FactList } from "./fact-list";

/** Where the figures come from, how sure they are, and what is noted about them. */
export function ModelSources({ book, model, now }: { book: PriceBook; model: PricedModel; now: Date }) {
  const rows = [...model.rows.toReversed(), ...model.fastRows.toReversed()];
  const sources = [...new Set(rows.flatMap((row) => row.sources))];
  const age = bookAge(model.checkedOn, now);
  return (
    <Panel title="Sources and notes" question="Where do these figures come from?" span={6}>
      <FactList>
        <Fact name="Sources">
          <ul className="grid gap-1">
            {sources.map((source) => (
              <li key={source}>
                <Source source={source} />
              </li>
            ))}
          </ul>
        </Fact>
        <Fact name="Last checked">
          {formatDate(new Date(model.checkedOn))}
          <span className={age.isOld ? "text-warn" : "text-muted-foreground"}>, {daysAgo(age.days)}</span>
        </Fact>
        {model.confidence && <Fact name="Confidence">{model.confidence}</Fact>}
        {model.note && <Fact name="Note">{model.note}</Fact>}
        {rows
          .filter(({ note }) => note !== null)
          .map(({ id, from, fast, note }) => (
            <Fact key={id} name={`${fast ? "Fast, from" : "From"} ${formatDate(new Date(from))}`}>
              {note}
            </Fact>
          ))}
      </FactList>
      <PanelFoot>
        Book <span className="mono">{book.version}</span>
      </PanelFoot>
    </Panel>
  );
}

const daysAgo = (days: number) => (days === 0 ? "today" : days === 1 ? "yesterday" : `${days} days ago`);

/** An address as a link; anything else as it is cited. */
function Source({ source }: { source: string }) {
  const [address, host] = /^(?:https:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\/[^\s,]+)/i.exec(source) ?? [];
  if (!address) return source;
  return (
    <>
      <a className="link break-all" href={`https://${host}`} rel="noreferrer" target="_blank">
        {address}
      </a>
      {source.slice(address.length)}
    </>
  );
}
