import Link from "next/link";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import type { PromptLengths } from "@/lib/cache/read-lengths";
import { formatCount, formatPercent } from "@/lib/format";
import { bookSummary } from "@/lib/pricing/book";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { exportMenu, there, type View } from "../view";
import { readPromptLengths } from "./read-cache";

const SHOWN = 8;

const COLUMNS: readonly DataColumn[] = [
  { key: "feature", label: "Feature", align: "left" },
  { key: "model", label: "Model", align: "left", onPhone: false },
  { key: "short", label: "Calls under it" },
  { key: "share", label: "Share" },
  { key: "mean", label: "Mean prompt", isMuted: true, onPhone: false },
  { key: "minimum", label: "Shortest cached" },
];

type Props = { scope: Scope; view: View };

/** Prompts that no marker makes cacheable: shorter than their model caches. */
export function ShortPrompts({ scope, view }: Props) {
  return (
    <Panel
      title="Too short to cache"
      question="Which prompts are under their model's minimum?"
      height={90}
      skeleton={<PanelSkeleton rows={2} note="Measuring the prompt of every call." />}
      menu={exportMenu(view, "prompts-under-cache-minimum")}
    >
      <Scanned view={view}>{() => rows({ scope, view })}</Scanned>
    </Panel>
  );
}

async function rows({ scope, view }: Props) {
  const all = await readPromptLengths(scope, view);
  if (all.length === 0) return <NoCalls view={view} />;
  const short = all
    .filter(({ tooShort }) => (tooShort ?? 0) > 0)
    .toSorted((a, b) => (b.tooShort ?? 0) - (a.tooShort ?? 0));
  const unknown = [...new Set(all.filter(({ minimum }) => minimum === null).map(({ model }) => model))];
  return (
    <>
      {short.length === 0 ? (
        <PanelBody>
          <p className="text-text-2">No prompt is shorter than its model caches, as far as the minimum is known.</p>
        </PanelBody>
      ) : (
        <DataTable
          label="Prompts too short to cache"
          sort={null}
          columns={COLUMNS}
          rows={short.slice(0, SHOWN).map((one) => ({
            key: `${one.feature} ${one.model}`,
            href: there(view, "/calls", { "filter.feature": one.feature, "filter.model": one.model }),
            cells: cellsOf(one),
          }))}
        />
      )}
      <PanelFoot link={<Link href={`${view.base}/settings/prices`}>Prices and minimums</Link>}>
        {short.length > SHOWN && `${SHOWN} of ${short.length}. `}
        Minimums of the price book of {bookSummary().asOf}, with each model's page as their source.
        {unknown.length > 0 && ` Not known for ${listNames(unknown)}.`}
      </PanelFoot>
    </>
  );
}

const MOST_NAMES = 4;

function listNames(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function cellsOf({ feature, model, calls, tooShort, promptTokens, minimum }: PromptLengths) {
  return {
    feature: (
      <span className="block max-w-[190px] truncate max-phone:max-w-[96px]" title={feature}>
        {feature}
      </span>
    ),
    model: <span className="mono">{model}</span>,
    short: formatCount(tooShort ?? 0),
    share: formatPercent((tooShort ?? 0) / calls),
    mean: `${formatCount(Number(promptTokens) / calls)} tokens`,
    minimum: `${formatCount(minimum ?? 0)} tokens`,
  };
}
