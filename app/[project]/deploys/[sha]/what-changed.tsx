import { Ledger, ledgerStart } from "@/components/charts/ledger";
import type { LedgerPart } from "@/components/charts/ledger-scale";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { explainParts } from "@/lib/deploys/explain";
import { PART_LABELS, PARTS } from "@/lib/deploys/schema";
import { formatCount, formatSha } from "@/lib/format";
import { formatPeriod } from "@/lib/period";
import { DEPLOY_WINDOWS, type DeployWindow } from "@/lib/reports/schema";
import { sumOf } from "../../panels/stack";
import { summarize } from "../../panels/summarize";
import { choose, exportHref, here, type View } from "../../view";
import { toPerCall } from "./per-call";
import { type DeployChange, otherFilters, readDeploy, WINDOW_LABELS, windowOf } from "./read-deploy";

type Props = { scope: Scope; view: View };

const UNITS = ["total", "call"] as const;
const WINDOWS = Object.keys(DEPLOY_WINDOWS) as DeployWindow[];

/** The change in cost as a ledger whose parts add up exactly: in total, or for one call. */
export function WhatChanged({ scope, view }: Props) {
  const window = windowOf(view);
  const unit = choose(view, "unit", UNITS);
  const sha = formatSha(view.own?.values[0] ?? "");
  return (
    <Panel
      title="What changed the cost"
      question={`First ${WINDOW_LABELS[window]} of ${sha} against as long before. The parts add up to the change exactly.`}
      height={408}
      skeleton={<PanelSkeleton rows={9} />}
      menu={{ csvHref: exportHref(view, "deploy-comparison", { window }) }}
      right={
        <>
          <Segmented
            label="Window"
            value={window}
            options={WINDOWS.map((value) => ({
              value,
              label: WINDOW_LABELS[value],
              href: here(view, { window: value === "48h" ? null : value }),
            }))}
          />
          <Segmented
            label="Unit"
            value={unit}
            options={[
              { value: "total", label: "total $", href: here(view, { unit: null }) },
              { value: "call", label: "per call", href: here(view, { unit: "call" }) },
            ]}
          />
        </>
      }
    >
      <Parts scope={scope} view={view} unit={unit} />
    </Panel>
  );
}

async function Parts({ scope, view, unit }: Props & { unit: (typeof UNITS)[number] }) {
  const change = await readDeploy(scope, view);
  if (!change) return <Empty title="Nothing to compare">No call of this deploy is known.</Empty>;
  const { spans, decomposition } = change;
  const { total, features } = decomposition;
  const why = explainParts(decomposition);
  const perCall = unit === "call" ? toPerCall(total) : null;
  if (unit === "call" && !perCall)
    return <Empty title="Nothing to divide by">One of the two windows has no calls.</Empty>;
  const {
    before,
    after,
    parts: amounts,
  } = perCall ?? {
    before: total.before.costUsdPicos,
    after: total.after.costUsdPicos,
    parts: total.parts,
  };
  const parts = PARTS.map(
    (part): LedgerPart => ({
      key: part,
      name: perCall && part === "volume" ? "Feature mix" : PART_LABELS[part],
      why: perCall && part === "volume" ? "calls moved between dear and cheap features" : why[part],
      amount: amounts[part],
      isVolume: part === "volume",
    }),
  );
  const side = (span: DeployChange["spans"]["before"], calls: bigint) =>
    `${formatPeriod(span, view.now)}, ${formatCount(calls)} calls`;
  const window = WINDOW_LABELS[windowOf(view)];
  return (
    <>
      <Ledger
        before={{ name: `${window} before`, why: side(spans.before, total.before.calls), amount: before }}
        parts={parts}
        after={{ name: `${window} after`, why: side(spans.after, total.after.calls), amount: after }}
        places={perCall ? 6 : 2}
      />
      <PanelFoot>
        {[
          ledgerStart(before, parts, after),
          `All ${PARTS.length * features.length} parts (${features.length} features) are in the CSV`,
          await unpricedNote(scope, view, change),
        ]
          .filter(Boolean)
          .join(". ")}
        .
      </PanelFoot>
    </>
  );
}

async function unpricedNote(scope: Scope, view: View, { spans }: DeployChange): Promise<string> {
  const asked = { ...view, query: { ...view.query, filters: otherFilters(view) } };
  const totals = await summarize(scope, asked, spans.after, spans.before, ["unpriced_calls"]);
  const [after, before] = [sumOf(totals, "unpriced_calls"), sumOf(totals, "compare_unpriced_calls")];
  if (after + before === 0n) return "Nothing unpriced in either window";
  return `${formatCount(before)} calls before and ${formatCount(after)} after are unpriced and not in these amounts`;
}
