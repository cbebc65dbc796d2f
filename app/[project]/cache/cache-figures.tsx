import { Suspense } from "react";
import { Change } from "@/components/shell/change";
import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import { PanelFrame } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatChangePoints, formatPercent, formatUsd, formatUsdParts } from "@/lib/format";
import { formatPeriod } from "@/lib/period";
import type { Row } from "@/lib/reports/schema";
import { FiguresFrame } from "../panels/figures-frame";
import { NoCalls } from "../panels/no-calls";
import { sumOf } from "../panels/stack";
import { ratioOf } from "../panels/summarize";
import { compareName, type View } from "../view";
import { isCaching, isUnderLine } from "./cached-features";
import { NeverRead } from "./never-read";
import { readSavings } from "./read-cache";

type Props = { scope: Scope; view: View };

/** The four figures of the cache: hit, saved by reads, writes never read, features under 20 %. Only the third reads calls. */
export function CacheFigures(props: Props) {
  return (
    <FiguresFrame cells={4}>
      <Figures {...props} />
    </FiguresFrame>
  );
}

async function Figures({ scope, view }: Props) {
  const { rows, totals } = await readSavings(scope, view);
  if (rows.length === 0) {
    return (
      <PanelFrame label="Key figures">
        <NoCalls view={view} />
      </PanelFrame>
    );
  }
  return (
    <KpiStrip hero={1}>
      <Hit totals={totals} view={view} />
      <Saved totals={totals} />
      <Suspense fallback={<Kpi label="Writes never read" figure="…" context="reading the calls" />}>
        <NeverRead scope={scope} view={view} />
      </Suspense>
      <UnderLine rows={rows} />
    </KpiStrip>
  );
}

function Hit({ totals, view }: { totals: Row; view: View }) {
  const [hit, before, name] = [
    isCaching(totals) ? ratioOf(totals, "cache_hit") : null,
    ratioOf(totals, "compare_cache_hit"),
    compareName(view),
  ];
  return (
    <Kpi
      label={`Cache hit, ${formatPeriod(view.query.period, view.now)}`}
      figure={hit === null ? "none" : formatPercent(hit)}
      change={
        name &&
        hit !== null && (
          <Change
            meaning="good"
            change={formatChangePoints(hit, before)}
            word={`${before !== null && hit < before ? "worse" : "better"} than the ${name.replace(/^the /, "")}`}
          />
        )
      }
      context="reads ÷ (reads + writes + fresh)"
    />
  );
}

function Saved({ totals }: { totals: Row }) {
  const [saving, net, estimated] = [
    sumOf(totals, "read_saving"),
    sumOf(totals, "net_saving"),
    sumOf(totals, "estimated_fresh_cost"),
  ];
  return (
    <Kpi
      label="Saved by reads"
      aside={estimated > 0n ? "estimated" : undefined}
      figure={saving === 0n ? "none" : formatUsdParts(saving)}
      change={<span className="text-text-2">against sending them fresh</span>}
      context={
        isCaching(totals) && (
          <>
            net of writes <span className={net < 0n ? "text-worse" : undefined}>{formatUsd(net, { places: 2 })}</span>
          </>
        )
      }
    />
  );
}

function UnderLine({ rows }: { rows: readonly Row[] }) {
  const [caching, low] = [rows.filter(isCaching), rows.filter(isUnderLine)];
  const names = low.map(({ feature }) => String(feature));
  const idle = rows.length - caching.length;
  return (
    <Kpi
      label="Under 20%"
      figure={{
        main: String(low.length),
        small: ` of ${caching.length} ${caching.length === 1 ? "feature" : "features"}`,
      }}
      change={
        names.length > 0 ? (
          <span className="block truncate font-medium text-worse" title={names.join(", ")}>
            {names.slice(0, 2).join(", ")}
            {names.length > 2 && ` and ${names.length - 2} more`}
          </span>
        ) : (
          <span className="text-text-2">none lost its cache</span>
        )
      }
      context={idle > 0 ? `${idle} more ${idle === 1 ? "does" : "do"} not cache at all` : undefined}
    />
  );
}
