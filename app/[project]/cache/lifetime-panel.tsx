import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import type { FeatureLifetime } from "@/lib/cache/advise";
import { formatUsd } from "@/lib/format";
import { Scanned } from "../panels/scanned";
import { drillHref, exportMenu, type View } from "../view";
import { GapBars } from "./gap-bars";
import { readAdvice } from "./read-cache";

const SHOWN = 6;

const COLUMNS: readonly DataColumn[] = [
  { key: "feature", label: "Feature", align: "left" },
  { key: "gaps", label: "Gap to next use", align: "left" },
  { key: "now", label: "Now", isMuted: true },
  { key: "cheaper", label: "Cheaper" },
];

type Props = { scope: Scope; view: View };

/** Which lifetime would have been cheaper for each feature, by the gaps that were really seen. */
export function LifetimePanel({ scope, view }: Props) {
  return (
    <Panel
      title="5m or 1h?"
      question="By the gaps observed between uses of a prefix"
      span={4}
      height={330}
      skeleton={<PanelSkeleton rows={SHOWN} note="Reading every call that used a cache, prefix by prefix." />}
      menu={exportMenu(view, "cache-lifetime-advice")}
    >
      <Scanned view={view}>{() => rows({ scope, view })}</Scanned>
    </Panel>
  );
}

async function rows({ scope, view }: Props) {
  const all = (await readAdvice(scope, view)).toSorted(byWorth);
  if (all.length === 0) {
    return (
      <PanelBody>
        <p className="text-text-2">
          No call of this period read or wrote a cache and named its prefix. Send{" "}
          <code className="mono">prefix_hash</code> with your calls, a hash of system prompt and tools, and the gaps
          between its uses are shown here.
        </p>
      </PanelBody>
    );
  }
  return (
    <>
      <DataTable
        label="Cache lifetimes"
        density="tall"
        sort={null}
        columns={COLUMNS}
        rows={all.slice(0, SHOWN).map((one) => ({
          key: one.feature,
          href: drillHref(view, "feature", one.feature),
          cells: {
            feature: (
              <span className="block max-w-[116px] truncate max-phone:max-w-[96px]" title={one.feature}>
                {one.feature}
              </span>
            ),
            gaps: <GapBars gaps={one.gaps} />,
            now: one.now ?? <Muted>none</Muted>,
            cheaper: <Cheaper advice={one} />,
          },
        }))}
      />
      <PanelFoot>
        {all.length > SHOWN && `${SHOWN} of ${all.length} features. `}
        Buckets: under 1 min, 1 – 5, 5 – 15, 15 – 60 min, over 1 h. Advice needs 24 h of calls.
      </PanelFoot>
    </>
  );
}

/** What would save most first, then what is used most. */
function byWorth(a: FeatureLifetime, b: FeatureLifetime): number {
  return Number(b.savedPerDay - a.savedPerDay) || b.uses - a.uses;
}

function Cheaper({ advice: { verdict, savedPerDay } }: { advice: FeatureLifetime }) {
  if (verdict === "as_is") return <Muted>as is</Muted>;
  if (verdict === "no_choice") return <Muted>no choice</Muted>;
  if (verdict === "not_enough") return <Muted>under 24 h</Muted>;
  return (
    <span className="block leading-[15px]">
      <span className="font-medium">{verdict}</span>
      <span className="block text-[11px] text-better leading-[14px]">{formatUsd(-savedPerDay)} a day</span>
    </span>
  );
}
