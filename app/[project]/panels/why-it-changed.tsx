import { LedgerList } from "@/components/charts/ledger-list";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { explainParts } from "@/lib/deploys/explain";
import { type Change, PARTS, type Part } from "@/lib/deploys/schema";
import { formatPercent } from "@/lib/format";
import { comparePeriod, elapsedPeriod, formatPeriod, type Period } from "@/lib/period";
import { explainChange } from "@/lib/reports/explain-change";
import { exportMenu, type View } from "../view";
import { NoCalls } from "./no-calls";

/** What each part is called where one entity's change is told. */
const NAMES: Readonly<Record<Part, string>> = {
  volume: "More calls",
  price: "Prices",
  modelMix: "Model mix",
  freshInput: "Fresh input per call",
  cache: "Cache",
  output: "Output per call",
  retries: "Retries",
};

/** Why the spend of the period differs from the one before: a ledger whose parts add up to the change exactly. */
export function WhyItChanged({ scope, view, span = 4 }: { scope: Scope; view: View; span?: 4 | 5 | 6 }) {
  return (
    <Panel
      title="Why it changed"
      question="The parts add up to the change exactly"
      span={span}
      height={342}
      menu={exportMenu(view, "cost-change")}
    >
      <Parts scope={scope} view={view} />
    </Panel>
  );
}

async function Parts({ scope, view }: { scope: Scope; view: View }) {
  const { period, filters } = view.query;
  // Without a comparison in the URL there is still a change to explain: that against the period before.
  const before = view.query.compare ?? comparePeriod(period, "previous", view.now) ?? period;
  const decomposition = await explainChange(scope, before, elapsedPeriod(period, view.now), filters);
  const { total } = decomposition;
  if (total.before.calls === 0n && total.after.calls === 0n) return <NoCalls view={view} />;
  const why = explainParts(decomposition);
  const fewer = total.parts.volume < 0n;
  return (
    <>
      <PanelBody>
        <LedgerList
          before={{ name: wholeDays(before, view), amount: total.before.costUsdPicos }}
          after={{ name: wholeDays(period, view), amount: total.after.costUsdPicos }}
          parts={PARTS.map((part) => ({
            key: part,
            name: part === "volume" && fewer ? "Fewer calls" : NAMES[part],
            why: why[part],
            amount: total.parts[part],
            isVolume: part === "volume",
          }))}
        />
      </PanelBody>
      <PanelFoot>{verdict(total)}</PanelFoot>
    </>
  );
}

/** A comparison may end in the middle of a day, as the running period does: it is named by its days. */
function wholeDays({ from, to }: Period, view: View): string {
  const day = 86_400_000;
  return formatPeriod({ from, to: new Date(Math.ceil(to.getTime() / day) * day) }, view.now);
}

function verdict({ changeUsdPicos, effectUsdPicos, parts }: Change): string {
  if (changeUsdPicos === 0n) return "Nothing changed";
  const noun = changeUsdPicos > 0n ? "rise" : "fall";
  const share = Number(parts.volume) / Number(changeUsdPicos);
  if (share >= 0 && share <= 1) {
    const rest = effectUsdPicos > 0n ? "dearer calls" : "cheaper calls";
    return share === 1
      ? `All of the ${noun} is volume`
      : `${formatPercent(share, 0)} of the ${noun} is volume; the rest is ${rest}`;
  }
  const calls = parts.volume > 0n ? "More calls" : "Fewer calls";
  return `${calls}, but ${effectUsdPicos > 0n ? "dearer" : "cheaper"}: the two pull against each other`;
}
