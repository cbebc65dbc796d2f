import { LedgerList } from "@/components/charts/ledger-list";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatPercent, formatUsd } from "@/lib/format";
import { DIMENSION_CATALOGUE } from "@/lib/reports/catalogue";
import type { Movement } from "@/lib/reports/movement";
import { NoCalls } from "../panels/no-calls";
import { sumOf } from "../panels/stack";
import { exportMenu, type View } from "../view";
import { inCents } from "./in-cents";
import { isReplacement } from "./mover-cells";
import { groupingOf, readMovers, sumByMovement } from "./read-movers";
import { spanNames } from "./spans";

type Props = { scope: Scope; view: View };

const NAMES: Readonly<Record<Movement, string>> = {
  new: "New",
  growing: "Growing",
  shrinking: "Shrinking",
  gone: "Gone",
  steady: "Unchanged",
};

/** The whole change as a ledger: what is new, grew, shrank and went, adding up to it. */
export function MovementLedger({ scope, view }: Props) {
  return (
    <Panel
      title="The whole change"
      question="New, growing, shrinking and gone add up to it"
      span={5}
      height={300}
      menu={exportMenu(view, "movers", { group: groupingOf(view) })}
    >
      <Parts scope={scope} view={view} />
    </Panel>
  );
}

async function Parts({ scope, view }: Props) {
  const result = await readMovers(scope, view);
  if (result.rows.length === 0) return <NoCalls view={view} />;
  const { totals } = result;
  const names = spanNames(view);
  const plural = DIMENSION_CATALOGUE[groupingOf(view)].plural;
  // What is unchanged moved nothing: a line only where there is such a one.
  const parts = sumByMovement(result).filter(({ movement, count }) => movement !== "steady" || count > 0);
  const difference = sumOf(totals, "difference");
  const amounts = inCents(
    sumOf(totals, "compare_cost"),
    parts.map(({ sum }) => sumOf(sum, "difference")),
    sumOf(totals, "cost"),
  );
  const share = totals.change_cost;
  return (
    <>
      <PanelBody>
        <LedgerList
          before={{ name: names.before, amount: amounts.before }}
          after={{ name: names.now, amount: amounts.after }}
          parts={parts.map(({ movement, count, sum }, at) => ({
            key: movement,
            name: `${NAMES[movement]}, ${formatCount(count)}`,
            why: `${formatCount(count)} ${plural}: ${formatCount(sumOf(sum, "compare_calls"))} calls before, ${formatCount(sumOf(sum, "calls"))} now`,
            amount: amounts.parts[at] ?? 0n,
            isVolume: isReplacement({ movement }, groupingOf(view)),
          }))}
        />
      </PanelBody>
      <PanelFoot>
        {difference === 0n ? "No change" : `Change ${formatUsd(difference, { places: 2, signed: true })}`}
        {typeof share === "number" &&
          difference !== 0n &&
          `, ${share < 0 ? "−" : "+"}${formatPercent(Math.abs(share))}`}
        : {formatUsd(sumOf(totals, "volume"), { places: 2, signed: true })} from volume,{" "}
        {formatUsd(sumOf(totals, "cost_per_call_effect"), { places: 2, signed: true })} from cost per call
      </PanelFoot>
    </>
  );
}
