import { DataTable } from "@/components/data-table/data-table";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { formatPeriod, PERIOD_PRESETS } from "@/lib/period";
import { promptOrder } from "@/lib/reports/hot-prompts";
import { listPromptBars } from "@/lib/reports/prompt-bars";
import { optionOf } from "@/lib/reports/schema";
import { placesFor } from "../panels/breakdown-columns";
import { BreakdownPages } from "../panels/breakdown-pages";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { largestOf } from "../panels/stack";
import { thresholdParams } from "../panels/storm-words";
import { exportMenu, here, type View } from "../view";
import { promptColumns, toPromptRow } from "./prompt-row";
import { LISTED, pageOf, readPrompts, SHOWN } from "./read-prompts";

const SORTS = ["cost", "calls", "wasted"] as const;
const LABELS = { cost: "spend", calls: "calls", wasted: "wasted" } as const;
const BARS = 56;

/** Prompts by spend, calls or what their repeats wasted: which is hot, whose is it, and when was it sent. */
export function PromptTable({ scope, view }: { scope: Scope; view: View }) {
  const { key } = promptOrder(view.query);
  return (
    <Panel
      title="Hot prompts"
      question="Which prompt is hot, and is it a retry storm? Identity only; prompt text is never stored"
      height={500}
      skeleton={<PanelSkeleton rows={11} note="Reading the calls of the period one by one" />}
      menu={exportMenu(view, "hot-prompts", { ...thresholdParams(view), sort: view.params.get("sort") })}
      right={
        <>
          <Segmented
            label="Sort by"
            value={key}
            options={SORTS.map((sort) => ({
              value: sort,
              label: LABELS[sort],
              href: here(view, { sort: sort === "cost" ? null : `-${sort}`, page: null }),
            }))}
          />
          <Count scope={scope} view={view} />
        </>
      }
    >
      <Scanned view={view}>{() => rows(scope, view)}</Scanned>
    </Panel>
  );
}

async function Count({ scope, view }: { scope: Scope; view: View }) {
  const found = await readPrompts(scope, view).catch(() => null);
  if (!found || found.ranking.hashes === 0) return null;
  const { hashes } = found.ranking;
  const first = SHOWN * (pageOf(view, hashes).page - 1);
  const last = Math.min(hashes, first + SHOWN);
  if (last === hashes && first === 0) return <PanelCount>{`${hashes} of ${hashes}`}</PanelCount>;
  const range = first === 0 ? `top ${last}` : `${formatCount(first + 1)} to ${formatCount(last)}`;
  return <PanelCount>{`${range} of ${formatCount(hashes)}`}</PanelCount>;
}

async function rows(scope: Scope, view: View) {
  const { ranking, prompts } = await readPrompts(scope, view);
  if (ranking.hashes === 0) return <NoCalls view={view} />;
  const { page, pages } = pageOf(view, ranking.hashes);
  // Sorted up to the page that was asked for, which may lie beyond the last.
  const shown = prompts.slice(SHOWN * (page - 1), SHOWN * page);
  const { from, to } = view.query.period;
  const bars = await listPromptBars(
    scope,
    view.query,
    shown.map(({ prompt }) => prompt),
    (to.getTime() - from.getTime()) / BARS,
  );
  const order = promptOrder(view.query);
  const context = {
    largest: largestOf(shown.map(({ cost }) => cost)),
    places: placesFor(
      shown.flatMap(({ cost, wasted }) => [cost, wasted]),
      2,
    ),
  };
  const [calls, minutes, again] = (["storm_calls", "storm_minutes", "repeat_minutes"] as const).map((name) =>
    formatCount(optionOf(view.query, name)),
  );
  return (
    <>
      <DataTable
        label="Hot prompts"
        columns={promptColumns(spanName(view))}
        rows={shown.map((one) => toPromptRow(one, view, bars.get(one.prompt), context))}
        density="tall"
        sort={order}
        defaultSort={{ key: "cost", dir: "desc" }}
      />
      {ranking.hashes > SHOWN && (
        <BreakdownPages
          view={view}
          page={page}
          pages={pages}
          note={
            ranking.hashes > LISTED ? `the first ${formatCount(LISTED)} of ${formatCount(ranking.hashes)}` : undefined
          }
        />
      )}
      <PanelFoot>
        Storm: more than {calls} calls of one prompt, first to last in under {minutes} min. Wasted: cost of the repeats
        of one prompt for one tenant, each at most {again} min after the one before; red from half of the spend on.
      </PanelFoot>
    </>
  );
}

function spanName({ query, now }: View): string {
  const preset = PERIOD_PRESETS.find((one) => one.key === query.period.preset);
  return preset?.label.replace(/^Last /, "") ?? formatPeriod(query.period, now);
}
