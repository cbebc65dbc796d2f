import { maxOf } from "@/components/charts/ledger-scale";
import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { CoverageNote } from "@/components/shell/coverage-note";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import {
  formatChange,
  formatCount,
  formatDateTime,
  formatDay,
  formatDuration,
  formatHour,
  formatMinute,
  formatPercent,
  formatSha,
  formatUsd,
} from "@/lib/format";
import { placesFor } from "../panels/breakdown-columns";
import { NoCalls } from "../panels/no-calls";
import { sumOf } from "../panels/stack";
import { exactOf, ratioOf } from "../panels/summarize";
import { drillHref, exportHref, here, there, type View } from "../view";
import { isEnoughToCompare } from "./enough-calls";
import { NO_SHA } from "./no-sha";
import { type DeployRow, readDeploys } from "./read-deploys";
import { TellDeploys } from "./tell-deploys";

const FIRST_CALL = { key: "first_seen", dir: "desc" } as const;

const COLUMNS: readonly DataColumn[] = [
  { key: "deploy", label: "Deploy", align: "left" },
  { key: "first", label: "First call, UTC", sortKey: "first_seen", align: "left", onPhone: false },
  { key: "live", label: "Live for", onPhone: false },
  { key: "calls", label: "Calls", sortKey: "calls", onPhone: false },
  { key: "spend", label: "Spend", sortKey: "cost", width: 130, onPhone: false },
  { key: "before", label: "Cost/call before", isMuted: true, onPhone: false },
  { key: "after", label: "after", phoneLabel: "Cost/call", sortKey: "cost_per_call" },
  { key: "change", label: "Change", sortKey: "change_cost_per_call" },
  { key: "effect", label: "Largest change by feature", align: "left", onPhone: false },
  { key: "input", label: "Input tokens/call", sortKey: "input_tokens_per_call", onPhone: false },
  { key: "cache", label: "Cache hit", sortKey: "cache_hit", onPhone: false },
  { key: "errors", label: "Errors", sortKey: "error_rate", onPhone: false },
];

/** Deploys in order of first call, the latest first, each against the one before it; those that made a feature dearer stand out. */
export function DeployTable({ scope, view }: { scope: Scope; view: View }) {
  return (
    <Panel
      title="Deploys"
      question="By first call, the latest on top, each against the deploy before it"
      height={420}
      skeleton={<PanelSkeleton rows={12} />}
      menu={{ csvHref: exportHref(view, "deploys") }}
      right={<Count scope={scope} view={view} />}
    >
      <Rows scope={scope} view={view} />
    </Panel>
  );
}

async function Count({ scope, view }: { scope: Scope; view: View }) {
  const read = await readDeploys(scope, view).catch(() => null);
  if (!read) return null;
  const changed = read.rows.filter(({ effect }) => effect).length;
  return <PanelCount>{`${formatCount(read.rows.length)} deploys, ${changed} changed the cost`}</PanelCount>;
}

async function Rows({ scope, view }: { scope: Scope; view: View }) {
  const { result, rows } = await readDeploys(scope, view);
  const isTold = rows.some(({ told }) => told);
  if (rows.length === 0) {
    return (
      <>
        <NoCalls view={view} />
        <TellDeploys />
      </>
    );
  }
  const spend = rows.map(({ row }) => sumOf(row, "cost"));
  const places = {
    largest: maxOf(spend),
    spend: placesFor(spend, 2),
    call: placesFor(
      rows.map(({ row }) => sumOf(row, "cost_per_call")),
      4,
    ),
  };
  return (
    <>
      <DataTable
        label="Deploys"
        columns={COLUMNS}
        rows={rows.map((deploy) => toRow(deploy, view, places))}
        density={isTold ? "tall" : "default"}
        sort={view.query.sort ?? FIRST_CALL}
        defaultSort={FIRST_CALL}
      />
      <PanelFoot>
        <CoverageNote
          coverage={result.coverage}
          unpricedHref={there(view, "/calls", { "filter.pricing": "unpriced" })}
        />
      </PanelFoot>
      {!isTold && <TellDeploys />}
    </>
  );
}

function toRow(
  { sha, row, effect, told }: DeployRow,
  view: View,
  places: Readonly<{ largest: bigint; spend: number; call: number }>,
): DataRow {
  const [cost, perCall, before] = [
    sumOf(row, "cost"),
    exactOf(row, "cost_per_call"),
    exactOf(row, "compare_cost_per_call"),
  ];
  const [input, hit, errors] = ["input_tokens_per_call", "cache_hit", "error_rate"].map((key) => ratioOf(row, key));
  const none = <Muted>none</Muted>;
  const usd = (picos: bigint | null) => (picos === null ? none : formatUsd(picos, { places: places.call }));
  return {
    key: sha,
    href: drillHref(view, "deploy", sha),
    excludeHref: here(view, { "not.deploy": [...view.params.getAll("not.deploy"), sha] }),
    cells: {
      deploy: (
        <>
          {sha === NO_SHA ? (
            <span className="block text-muted-foreground" title="Calls that were sent without a deploy_sha">
              no deploy_sha
            </span>
          ) : (
            <span className="mono block max-w-[180px] truncate max-phone:max-w-[100px]" title={sha}>
              {formatSha(sha)}
            </span>
          )}
          {told?.title && (
            <span
              className="block max-w-[88px] truncate font-normal text-muted-foreground text-note max-phone:max-w-[100px]"
              title={told.title}
            >
              {told.title}
            </span>
          )}
        </>
      ),
      first: <FirstCall at={row.first_seen instanceof Date ? row.first_seen : null} told={told} />,
      live: liveFor(row),
      calls: formatCount(sumOf(row, "calls")),
      spend: (
        <MoneyCell
          picos={cost}
          places={places.spend}
          share={places.largest > 0n ? Number(cost) / Number(places.largest) : 0}
        />
      ),
      before: usd(before),
      after: usd(perCall),
      change:
        before === null || perCall === null ? (
          <Muted>first</Muted>
        ) : isEnoughToCompare(row) ? (
          <Change change={formatChange(perCall, before)} />
        ) : (
          <Muted>few calls</Muted>
        ),
      effect: effect ? <Effect effect={effect} /> : <Muted>within noise</Muted>,
      input: typeof input === "number" ? formatCount(input) : none,
      cache: typeof hit === "number" ? formatPercent(hit) : none,
      errors: errors ? formatPercent(errors, 2) : none,
    },
  };
}

/** When the first call was, and below it when the deploy went out: without the day where it is the same. */
function FirstCall({ at, told }: { at: Date | null; told: DeployRow["told"] }) {
  const isSameDay = at && told && formatDay(at) === formatDay(told.deployedAt);
  return (
    <>
      {at ? formatMinute(at) : <Muted>none</Muted>}
      {told && (
        <span className="block text-muted-foreground text-note" title={formatDateTime(told.deployedAt)}>
          deployed {isSameDay ? formatHour(told.deployedAt) : formatMinute(told.deployedAt)}
        </span>
      )}
    </>
  );
}

function liveFor({ first_seen: first, last_seen: last }: DeployRow["row"]): string {
  return first instanceof Date && last instanceof Date ? formatDuration(last.getTime() - first.getTime()) : "unknown";
}

function Effect({ effect: { feature, before, after } }: { effect: NonNullable<DeployRow["effect"]> }) {
  const isDearer = after > before;
  return (
    <span className="flex items-center gap-1.5">
      <Badge variant={isDearer ? "worse" : "better"}>{isDearer ? "Dearer" : "Cheaper"}</Badge>
      <span className="max-w-[130px] truncate" title={feature}>
        {feature}
      </span>
      <Change change={formatChange(after, before)} />
    </span>
  );
}
