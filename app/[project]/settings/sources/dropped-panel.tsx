import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatAgo, formatCount, formatDateTime } from "@/lib/format";
import { formatPeriod } from "@/lib/period";
import { type Dropped, listDropped } from "@/lib/reports/dropped-calls";
import { here, type View } from "../../view";
import { counted } from "../unpriced/inbox-count";
import { dropWords } from "./drop-words";
import { WholeProjectOnly } from "./whole-project-only";

const PRESETS = [
  ["24h", "24 h"],
  ["7d", "7 days"],
  ["28d", "28 days"],
  ["90d", "90 days"],
] as const;

type Props = { scope: Scope; view: View };

/** Calls that clients could not deliver, by reason, over the period of the page they were linked from. */
export function DroppedPanel({ scope, view }: Props) {
  const environments = view.params.getAll("env").join(", ");
  return (
    <Panel
      title="Dropped calls"
      question={`Which calls are in no total because they never arrived? ${formatPeriod(view.query.period, view.now)}${environments && `, ${environments}`}`}
      height={120}
      right={
        <Segmented
          label="Period of the dropped calls"
          value={view.query.period.preset ?? ""}
          options={PRESETS.map(([value, label]) => ({
            value,
            label,
            href: here(view, { period: value, from: null, to: null }),
          }))}
        />
      }
    >
      {scope.tenants === "all" ? <Reasons scope={scope} view={view} /> : <WholeProjectOnly />}
    </Panel>
  );
}

async function Reasons({ scope, view }: Props) {
  const dropped = await listDropped(scope, view.query.period, view.query.filters);
  const calls = dropped.reduce((sum, { reason, calls }) => (reason === "outcome" ? sum : sum + calls), 0n);
  if (dropped.length === 0) {
    return (
      <Empty title="Nothing was dropped">
        No client reported in this period that it could not deliver a call. Only the SDK reports: what other senders
        lost is not known here.
      </Empty>
    );
  }
  return (
    <>
      <ul className="pt-1">
        {dropped.map((one) => (
          <Reason key={one.reason} dropped={one} now={view.now} />
        ))}
      </ul>
      <PanelFoot>
        {counted(calls, "call")} dropped, counted when they were reported. Only the SDK reports what it drops.
      </PanelFoot>
    </>
  );
}

function Reason({ dropped: { reason, calls, clients, lastAt }, now }: { dropped: Dropped; now: Date }) {
  const { label, meaning, remedy } = dropWords(reason);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-6 border-border border-b px-4 py-2.5 last:border-b-0 max-phone:px-3.5">
      <div>
        <h3 className="font-medium">{label}</h3>
        <p className="max-w-[80ch] text-note text-text-2">
          {meaning} {remedy}
        </p>
      </div>
      <div className="text-right">
        <p className="font-medium">{formatCount(calls)}</p>
        <p className="text-muted-foreground text-note">
          {counted(clients, "client")},{" "}
          <time dateTime={lastAt.toISOString()} title={formatDateTime(lastAt)}>
            {formatAgo(lastAt, now)}
          </time>
        </p>
      </div>
    </li>
  );
}
