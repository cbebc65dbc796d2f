import { BarList } from "@/components/charts/bar-list";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatUsd } from "@/lib/format";
import { toChartUsd } from "@/lib/money";
import type { Repeats } from "@/lib/reports/prompt-repeats";
import { optionOf } from "@/lib/reports/schema";
import { Scanned } from "../panels/scanned";
import { thresholdParams } from "../panels/storm-words";
import { exportMenu, here, type View } from "../view";
import { readRepeats } from "./read-prompts";

const ROWS = 4;

/** Which features send the same prompt again, and what that costs. A row filters the page by its feature. */
export function RepeatsByFeature({ scope, view }: { scope: Scope; view: View }) {
  return (
    <Panel
      title="Repeats by feature"
      question="Who repeats itself?"
      span={6}
      height={180}
      skeleton={<PanelSkeleton rows={4} note="Comparing each call with the one before it" />}
      menu={exportMenu(view, "repeats-by-feature", {
        ...thresholdParams(view),
        storm_calls: null,
        storm_minutes: null,
      })}
    >
      <Scanned view={view}>{() => repeats(scope, view)}</Scanned>
    </Panel>
  );
}

async function repeats(scope: Scope, view: View) {
  const { features, all } = await readRepeats(scope, view);
  const minutes = optionOf(view.query, "repeat_minutes");
  if (features.length === 0) {
    return (
      <Empty title="Nothing was sent twice">
        No tenant sent a prompt again within {minutes} min, among the calls that carry a prompt hash.
      </Empty>
    );
  }
  const rest = features.slice(ROWS);
  const sum = (key: "repeats" | "wasted") => rest.reduce((total, one) => total + one[key], 0n);
  return (
    <>
      <PanelBody className="pt-1">
        <BarList
          label="Repeats by feature"
          rows={features.slice(0, ROWS).map((one) => ({
            key: one.feature ?? "",
            name: one.feature ?? "",
            size: toChartUsd(one.wasted),
            count: formatCount(one.repeats),
            value: amount(one),
            href: here(view, { "filter.feature": one.feature }),
          }))}
        />
      </PanelBody>
      <PanelFoot>
        {rest.length > 0
          ? `${formatCount(rest.length)} more ${rest.length === 1 ? "feature" : "features"}: ${formatCount(sum("repeats"))} repeats, ${formatUsd(sum("wasted"), { places: 2 })}`
          : `In all ${formatCount(all.repeats)} repeats, ${amount(all)}`}
      </PanelFoot>
    </>
  );
}

function amount({ wasted, unpricedRepeats }: Repeats): string {
  return wasted === 0n && unpricedRepeats > 0n ? "unpriced" : formatUsd(wasted, { places: 2 });
}
