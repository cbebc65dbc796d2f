import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelBody, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import type { PrefixStability } from "@/lib/cache/prefix-stability";
import { findLatestPrefixes } from "@/lib/cache/read-prefixes";
import { ENOUGH_CALLS, STABLE_CALLS_PER_PREFIX } from "@/lib/cache/stability";
import { formatCompact, formatCount, formatMinute, formatSha, formatUsd } from "@/lib/format";
import { Scanned } from "../panels/scanned";
import { exportMenu, there, type View } from "../view";
import { readStability } from "./read-cache";

const SHOWN = 8;
const LATEST = 4;

const PHONE = { onPhone: false } as const;
const COLUMNS: readonly DataColumn[] = [
  { key: "feature", label: "Feature", align: "left" },
  { key: "since", label: "Since deploy", align: "left" },
  { key: "prefixes", label: "Prefix hashes" },
  { key: "calls", label: "Calls per prefix", ...PHONE },
  { key: "written", label: "Tokens written", isMuted: true, ...PHONE },
  { key: "unread", label: "Never read", ...PHONE },
  { key: "latest", label: "Latest prefix hashes", align: "left", ...PHONE },
];

type Props = { scope: Scope; view: View };

/** Features that make a new prefix for nearly every call, with the deploy since which they do. */
export function UnstablePrefixes({ scope, view }: Props) {
  return (
    <Panel
      title="Unstable prefixes"
      question="Which feature keeps changing the start it pays to cache?"
      height={150}
      skeleton={<PanelSkeleton rows={4} note="Counting the prefix hashes of every call." />}
      menu={exportMenu(view, "unstable-prefixes")}
      right={<Count scope={scope} view={view} />}
    >
      <Scanned view={view}>{() => rows({ scope, view })}</Scanned>
    </Panel>
  );
}

async function Count({ scope, view }: Props) {
  const read = await readStability(scope, view).catch(() => null);
  if (!read || read.length === 0) return null;
  const unstable = read.filter(({ verdict }) => verdict === "unstable").length;
  return <PanelCount>{`${unstable} of ${formatCount(read.length)} unstable`}</PanelCount>;
}

async function rows({ scope, view }: Props) {
  const all = await readStability(scope, view);
  if (all.length === 0) {
    return (
      <PanelBody>
        <p className="text-text-2">No call of this period read or wrote a cache and named its prefix.</p>
      </PanelBody>
    );
  }
  const shown = all.slice(0, SHOWN);
  const latest = await findLatestPrefixes(
    scope,
    shown.map(({ feature }) => feature),
    view.query,
    LATEST,
  );
  return (
    <>
      <DataTable
        label="Prefixes by feature"
        sort={null}
        columns={COLUMNS}
        rows={shown.map((one) => toRow(one, latest.get(one.feature) ?? [], view))}
      />
      <PanelFoot>
        {all.length > SHOWN && `${SHOWN} of ${all.length} features. `}
        Unstable: since that deploy, fewer than {STABLE_CALLS_PER_PREFIX} calls a prefix hash, of {ENOUGH_CALLS} calls
        or more; its figures are those since then.
      </PanelFoot>
    </>
  );
}

function toRow(one: PrefixStability, latest: readonly string[], view: View): DataRow {
  const isUnstable = one.verdict === "unstable";
  return {
    key: one.feature,
    href: there(view, "/calls", { "filter.feature": one.feature, "filter.deploy": one.since?.deploy ?? null }),
    cells: {
      feature: (
        <span className="block max-w-[190px] truncate max-phone:max-w-[96px]" title={one.feature}>
          {one.feature}
        </span>
      ),
      since: <Since one={one} />,
      prefixes: <span className={isUnstable ? "font-medium text-worse" : undefined}>{formatCount(one.prefixes)}</span>,
      calls: one.callsPerPrefix === null ? <Muted>none</Muted> : formatMean(one.callsPerPrefix),
      written: <span title={formatCount(one.tokensWritten)}>{formatCompact(one.tokensWritten)}</span>,
      unread: one.unreadCost === 0n ? <Muted>none</Muted> : formatUsd(one.unreadCost, { places: 2 }),
      latest: (
        <span className="mono text-text-2" title={latest.join("\n")}>
          {latest.map((hash) => hash.slice(0, 8)).join(", ")}
          {latest.length < one.prefixes && ", …"}
        </span>
      ),
    },
  };
}

/** One decimal where it tells something. */
const formatMean = (mean: number) => (mean < 100 ? mean.toFixed(1) : formatCount(mean));

function Since({ one: { verdict, since } }: { one: PrefixStability }) {
  if (since) {
    return (
      <span
        className="mono block max-w-[180px] truncate"
        title={`${since.deploy}, first call ${formatMinute(since.firstAt)} UTC`}
      >
        {formatSha(since.deploy)}
      </span>
    );
  }
  return <Muted>{verdict === "stable" ? "stable" : "too few calls"}</Muted>;
}
