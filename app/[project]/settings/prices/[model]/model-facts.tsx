import { Muted } from "@/components/data-table/muted";
import { Panel } from "@/components/shell/panel";
import { formatCount, formatDate } from "@/lib/format";
import type { PricedModel } from "@/lib/pricing/book";
import { listModifiers } from "../modifiers";
import { formatRate } from "../rates";
import { Fact, FactList } from "./fact-list";

const tokens = (count: number | null) => (count === null ? <Muted>not known</Muted> : `${formatCount(count)} tokens`);

/** What else decides the price of a call of this model, and what the book knows about it. */
export function ModelFacts({ model, platform }: { model: PricedModel; platform: string | null }) {
  const modifiers = listModifiers(model, platform);
  return (
    <Panel title="Modifiers and limits" question="What multiplies every rate, and what is counted apart" span={6}>
      <FactList>
        {modifiers.map(({ label, factor, when }) => (
          <Fact key={label} name={label}>
            {factor} <span className="block text-muted-foreground text-note">{when}</span>
          </Fact>
        ))}
        {modifiers.length === 0 && (
          <Fact name="Modifiers">
            <Muted>none known: calls by batch or in another service tier are unpriced</Muted>
          </Fact>
        )}
        <Fact name="Web search">
          {model.webSearchPicos === null ? (
            <Muted>fee not known: calls that searched are unpriced</Muted>
          ) : (
            `${formatRate(model.webSearchPicos * 1000n)} for a thousand, never multiplied`
          )}
        </Fact>
        <Fact name="Cached from">{tokens(model.minCacheableTokens)}</Fact>
        <Fact name="Context">{tokens(model.contextWindow)}</Fact>
        {model.retiredOn && (
          <Fact name="Retired">
            {formatDate(new Date(model.retiredOn))}, on {model.provider}'s own API
          </Fact>
        )}
      </FactList>
    </Panel>
  );
}
