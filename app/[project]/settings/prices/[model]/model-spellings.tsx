import { Panel, PanelFoot } from "@/components/shell/panel";
import type { PriceBook, PricedModel } from "@/lib/pricing/book";
import { listSpellingGroups } from "./spellings";

/** How the model is spelled on each platform: any other name is unpriced until the contract says what it stands for. */
export function ModelSpellings({ book, model }: { book: PriceBook; model: PricedModel }) {
  return (
    <Panel title="Spellings" question="Which names of a model in a call mean this one?">
      <dl className="grid gap-x-4 px-4 pt-2 pb-2.5 max-phone:px-3.5">
        {listSpellingGroups(book, model).map(({ where, effect, ids }) => (
          <div
            key={where}
            className="grid grid-cols-[230px_minmax(0,1fr)] gap-3 border-border border-b py-2 last:border-b-0 max-phone:grid-cols-1 max-phone:gap-1.5"
          >
            <dt>
              {where}
              <span className="block text-muted-foreground text-note">{effect}</span>
            </dt>
            <dd className="flex flex-wrap content-start gap-x-3 gap-y-1">
              {ids.map((id) => (
                <span key={id} className="mono break-all">
                  {id}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <PanelFoot>
        Also ARNs of Bedrock that end in one of these, <span className="mono">bedrock/</span> before one,{" "}
        <span className="mono">-v1</span>, <span className="mono">-v1:0</span> or neither behind one of Bedrock's, and{" "}
        <span className="mono">[1m]</span> behind any. Nothing is matched by likeness: any other name is unpriced until
        your contract says what it stands for.
      </PanelFoot>
    </Panel>
  );
}
