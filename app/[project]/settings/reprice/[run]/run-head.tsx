import Link from "next/link";
import type { ReactNode } from "react";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { formatCount, formatMinute } from "@/lib/format";
import type { RepriceRunView } from "@/lib/reprice/read-runs";
import { RunStatusBadge } from "../run-status";
import { formatSpan } from "../span";
import { RunActions } from "./run-actions";
import { RunProgress } from "./run-progress";

type Props = { slug: string; run: RepriceRunView; mayChange: boolean };

/** What a run is, where it stands, and what can be done with it. */
export function RunHead({ slug, run, mayChange }: Props) {
  const isAtWork = run.status === "previewing" || run.status === "applying";
  return (
    <Panel
      title={`Run ${run.number}${run.undoes === null ? "" : `: undoes run ${run.undoes}`}`}
      question={run.reason}
      right={<RunStatusBadge status={run.status} />}
    >
      <PanelBody>
        <dl className="grid gap-x-8 gap-y-1 phone:grid-cols-2">
          <Fact label="Days">{formatSpan(run)}, UTC</Fact>
          <Fact label="Models">{run.models.length === 0 ? "all" : run.models.join(", ")}</Fact>
          <Fact label="Prices">
            {run.undoes === null ? (
              <>
                <Link className="link" href={`/${slug}/settings/contract`}>
                  version {run.version}
                </Link>
                , book {run.bookVersion}
              </>
            ) : (
              "of each call before that run"
            )}
          </Fact>
          <Fact label="Prices before">{before(run)}</Fact>
          <Fact label="Asked for">{by(run.createdBy, run.createdAt)}</Fact>
          <Fact label="Applied">{run.appliedAt ? by(run.appliedBy, run.appliedAt) : "not yet"}</Fact>
        </dl>
        <RunProgress
          isAtWork={isAtWork}
          label={run.status === "applying" ? "Applying" : "Dry run"}
          done={Number(run.rowsDone)}
          total={Number(run.rowsTotal)}
        />
        {run.error && <p className="mt-3 text-firing">It failed: {run.error}</p>}
        {mayChange && <RunActions slug={slug} run={actionsOf(run)} />}
      </PanelBody>
      <PanelFoot>{foot(run)}</PanelFoot>
    </Panel>
  );
}

function actionsOf(run: RepriceRunView) {
  const { number, status, appliedAt, rowsChanged, rowsClosed } = run;
  return { number, status, wasApplied: appliedAt !== null, changed: Number(rowsChanged + rowsClosed) };
}

function before({ versionsBefore }: RepriceRunView): string {
  if (versionsBefore.length === 0) return "no call changes";
  return `version${versionsBefore.length > 1 ? "s" : ""} ${versionsBefore.join(", ")}`;
}

function by(name: string | null, at: Date): string {
  return `${formatMinute(at)} UTC by ${name ?? "somebody who is gone"}`;
}

function foot({ status, rowsDone, rowsChanged, rowsClosed }: RepriceRunView): string {
  const looked = `${formatCount(rowsDone)} billable rows looked at`;
  const closed = rowsClosed > 0n ? `, ${formatCount(rowsClosed)} in closed months become adjustments` : "";
  if (status === "done") return `${looked}, ${formatCount(rowsChanged)} changed${closed}. Calls say by which run.`;
  return `${looked}, ${formatCount(rowsChanged)} differ${closed}.`;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-3 border-border border-b py-1.5">
      <dt className="w-28 shrink-0 text-text-2">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
