const PARTS: readonly (readonly [name: string, rule: string])[] = [
  [
    "Volume",
    "as many more or fewer first tries as there were, each at what one cost before, its retries included. A feature that is new, or gone, is volume as a whole.",
  ],
  [
    "Model mix",
    "first tries by model and service tier as after, each with the tokens and rates that the model had before. A model new to the feature is priced on the feature's usual call.",
  ],
  [
    "Fresh input, cache, output",
    "what each kind's tokens a call changed, at the rates before. Tokens that moved between fresh and cached count as cache; web searches as output.",
  ],
  [
    "Price",
    "the tokens of after at the rates of after, less the same tokens at the rates of before. A rate is that of a model and service tier: calls that moved to a tier of longer prompts, to fast answers or to a dearer place are in it, though no price changed.",
  ],
  ["Retries", "what retries cost, less what those of as many first tries cost before."],
];

/** The help of the ledger, in place: which decomposition it is and in which order. The long form is docs/deploys.md. */
export function HowItIsSplit() {
  return (
    <details className="border-border border-t px-4 py-2 text-note max-phone:px-3.5" data-print="hide">
      <summary className="link w-fit cursor-pointer max-phone:py-2">How the split is made</summary>
      <div className="my-2 max-w-[90ch] text-text-2">
        <p>
          A price–volume–mix analysis, feature by feature, then added up. One thing is changed after the other, in this
          order, and each part is what its change adds: volumes and tokens are weighed with the rates before
          (Laspeyres), rates with the tokens after (Paasche). So nothing is left over, and the parts add up to the
          picodollar.
        </p>
        <dl className="mt-2 grid grid-cols-[130px_minmax(0,1fr)] gap-x-3 gap-y-1.5 max-phone:grid-cols-1 max-phone:gap-y-0.5">
          {PARTS.map(([name, rule]) => (
            <div key={name} className="contents">
              <dt className="font-medium text-foreground">{name}</dt>
              <dd className="max-phone:mb-1.5">{rule}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-2">
          Calls without a price are in no part; where only some of a model have one, the tokens of the others are taken
          off every kind in proportion. Per call, volume becomes the mix of features: calls that moved between dear and
          cheap ones.
        </p>
      </div>
    </details>
  );
}
