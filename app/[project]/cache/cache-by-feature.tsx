import { Suspense } from "react";
import { Swatch } from "@/components/charts/swatch";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatUsd } from "@/lib/format";
import { formatPeriod } from "@/lib/period";
import { NoCalls } from "../panels/no-calls";
import { readInTime } from "../panels/read-in-time";
import { KINDS, sumOf } from "../panels/stack";
import { exportMenu, type View } from "../view";
import { FeatureTable, SHOWN } from "./feature-table";
import { INPUT_KINDS } from "./input-kinds";
import { readAdvice, readPromptLengths, readSavings, readStability, readUse } from "./read-cache";

type Props = { scope: Scope; view: View };

/** Reads, writes and fresh input of every feature, what caching saved it, and what is wrong with it. */
export function CacheByFeature({ scope, view }: Props) {
  return (
    <Panel
      title="By feature"
      question={`Input tokens of ${formatPeriod(view.query.period, view.now)}, the lowest hit on top`}
      height={260}
      skeleton={<PanelSkeleton rows={8} />}
      menu={exportMenu(view, "cache-savings")}
      right={<Key scope={scope} view={view} />}
    >
      <Rows scope={scope} view={view} />
    </Panel>
  );
}

async function Key({ scope, view }: Props) {
  const read = await readSavings(scope, view).catch(() => null);
  return (
    <>
      <span className="mr-2 flex gap-3 text-muted-foreground text-note max-wide:hidden">
        {INPUT_KINDS.map(([kind]) => (
          <span key={kind} className="flex items-center">
            <Swatch color={KINDS[kind]?.color ?? "var(--chart-other)"} />
            {KINDS[kind]?.label}
          </span>
        ))}
      </span>
      {read && read.rowCount > 0 && (
        <PanelCount>{`${Math.min(read.rowCount, SHOWN)} of ${formatCount(read.rowCount)}`}</PanelCount>
      )}
    </>
  );
}

async function Rows({ scope, view }: Props) {
  const { rows, totals } = await readSavings(scope, view);
  if (rows.length === 0) return <NoCalls view={view} />;
  const [unknown, estimated] = [sumOf(totals, "unknown_tokens"), sumOf(totals, "estimated_fresh_cost")];
  return (
    <>
      <Suspense fallback={<FeatureTable view={view} rows={rows} facts="reading" />}>
        <WithFacts scope={scope} view={view} />
      </Suspense>
      <PanelFoot>
        Saved, net: what reads and writes cost against the same tokens at the fresh rate of their model and day.
        {unknown > 0n && ` ${formatCount(unknown)} cached tokens without a known rate or price are left out.`}
        {estimated > 0n && ` ${formatUsd(estimated)} of the fresh cost is estimated, by a contract's own rates.`}
      </PanelFoot>
    </>
  );
}

/** The same table with what only the calls tell: writes never read, and the verdict. */
async function WithFacts({ scope, view }: Props) {
  const { rows } = await readSavings(scope, view);
  const facts = await readInTime(
    Promise.all([
      readUse(scope, view),
      readAdvice(scope, view),
      readStability(scope, view),
      readPromptLengths(scope, view),
    ]),
  );
  if (!facts) return <FeatureTable view={view} rows={rows} facts="too_many" />;
  const [cells, advice, stability, lengths] = facts;
  return <FeatureTable view={view} rows={rows} facts={{ cells, advice, stability, lengths }} />;
}
