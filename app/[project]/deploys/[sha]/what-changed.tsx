import { Ledger, ledgerStart } from "@/components/charts/ledger";
import type { LedgerPart } from "@/components/charts/ledger-scale";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { explainParts } from "@/lib/deploys/explain";
import { type Change, PART_LABELS, PARTS } from "@/lib/deploys/schema";
import { formatCount } from "@/lib/format";
import { formatPeriod } from "@/lib/period";
import { DEPLOY_WINDOWS, type DeployWindow } from "@/lib/reports/schema";
import { choose, here, type View } from "../../view";
import { comparisonMenu } from "./comparison-menu";
import { HowItIsSplit } from "./how-it-is-split";
import { toPerCall } from "./per-call";
import { type DeployChange, readDeploy, shortSha, sideNames, WINDOW_LABELS, windowOf } from "./read-deploy";

type Props = { scope: Scope; view: View };

const UNITS = ["total", "call"] as const;
const WINDOWS = Object.keys(DEPLOY_WINDOWS) as DeployWindow[];

/** The change in cost as a ledger whose parts add up exactly: in total, or for one call. */
export function WhatChanged({ scope, view }: Props) {
  const window = windowOf(view);
  const unit = choose(view, "unit", UNITS);
  const sha = shortSha(view.own?.values[0] ?? "");
  const { against } = view.query;
  const asked = against
    ? `Calls of ${sha} in its first ${WINDOW_LABELS[window]} against those of ${shortSha(against)} in as long.`
    : `Calls of ${sha} in its first ${WINDOW_LABELS[window]} against all calls of as long before.`;
  return (
    <Panel
      title="What changed the cost"
      question={`${asked} The parts add up to the change exactly.`}
      height={408}
      skeleton={<PanelSkeleton rows={9} />}
      menu={comparisonMenu(view)}
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
  const side = (span: DeployChange["spans"]["before"], { calls, retries }: Change["before"]) =>
    `${formatPeriod(span, view.now)}, ${formatCount(calls - retries)} first tries`;
  const names = sideNames(spans, WINDOW_LABELS[windowOf(view)]);
  return (
    <>
      <Ledger
        before={{ name: names.before, why: side(spans.before, total.before), amount: before }}
        parts={parts}
        after={{ name: names.after, why: side(spans.after, total.after), amount: after }}
        places={perCall ? 6 : 2}
      />
      <PanelFoot>
        {[
          ledgerStart(before, parts, after),
          `All ${PARTS.length * features.length} parts (${features.length} features) are in the CSV`,
          othersNote(change),
          unpricedNote(total),
        ]
          .filter(Boolean)
          .join(". ")}
        .
      </PanelFoot>
      <HowItIsSplit />
    </>
  );
}

/** Deploys that began in the time before: what they changed is on that side of the ledger. */
function othersNote({ spans: { others } }: DeployChange): string | null {
  if (others.length === 0) return null;
  const names = others.map(({ deploy }) => shortSha(deploy));
  const shown = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  return `Begun in the time before, and part of it: ${shown}`;
}

function unpricedNote({ before, after }: Change): string {
  const [was, is] = [before.calls - before.pricedCalls, after.calls - after.pricedCalls];
  if (was + is === 0n) return "Nothing unpriced in either window";
  return `${formatCount(was)} calls before and ${formatCount(is)} after are unpriced and not in these amounts`;
}
