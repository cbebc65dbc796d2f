"use client";

import { Panel, PanelBody } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { formatCount, formatDuration } from "@/lib/format";
import { estimateProgress } from "@/lib/imports/estimate-progress";
import { RunResult } from "./run-result";
import type { Sending } from "./use-sending";

type Props = {
  slug: string;
  environment: string;
  sending: Sending;
  onPause: (isPaused: boolean) => void;
  onStop: () => void;
  onAgain: () => void;
};

const TITLES = { running: "Importing", paused: "Paused", done: "Imported", stopped: "Stopped" } as const;

/** How far the import is, and what became of the calls. */
export function RunPanel({ slug, environment, sending, onPause, onStop, onAgain }: Props) {
  const { state, sums, problem } = sending;
  const isUnderWay = state === "running" || state === "paused";
  return (
    <Panel
      title={TITLES[state]}
      question={
        isUnderWay
          ? `Into ${environment}. Leave this page open; if it is closed, choose the same file again: what is stored is not stored twice`
          : `Into ${environment}`
      }
    >
      <PanelBody>
        {isUnderWay && <ProgressBar sending={sending} />}
        {state === "done" && (
          <p role="status">
            {formatCount(sums.accepted)} {sums.accepted === 1 ? "call is" : "calls are"} new,{" "}
            {formatCount(sums.duplicates)} {sums.duplicates === 1 ? "was" : "were"} stored already.
          </p>
        )}
        {problem !== null && (
          <p role="alert" className="text-firing">
            It did not get to the end: {problem}. What was stored stays, and is not stored twice when the file is
            imported again.
          </p>
        )}
        <RunResult slug={slug} environment={environment} sending={sending} />
        <div className="mt-4 flex gap-2">
          {isUnderWay ? (
            <>
              <Button onClick={() => onPause(state === "running")}>{state === "running" ? "Pause" : "Go on"}</Button>
              <Button variant="ghost" onClick={onStop}>
                Stop
              </Button>
            </>
          ) : (
            <Button onClick={onAgain}>
              {state === "done" ? "Back to the file" : "Back to the file, to try again"}
            </Button>
          )}
        </div>
      </PanelBody>
    </Panel>
  );
}

function ProgressBar({ sending: { state, sums, bytes, totalBytes, startedAt } }: { sending: Sending }) {
  const elapsedMs = performance.now() - startedAt;
  const extent = { totalBytes, startBytes: 0 };
  const { share, settled, rate, msLeft } = estimateProgress(extent, bytes, sums, elapsedMs);
  const percent = Math.floor(share * 100);
  return (
    <div className="mb-3">
      <p className="flex justify-between gap-3 text-note text-text-2">
        <span>
          {percent}%, {formatCount(settled)} records
        </span>
        <span>
          {state === "paused"
            ? "waiting for you"
            : `${formatCount(rate)} a second${msLeft === null ? "" : `, ${formatDuration(msLeft)} left`}`}
        </span>
      </p>
      <progress className="sr-only" max={100} value={percent} aria-label="Of the file" />
      <div aria-hidden className="mt-1 h-1.5 overflow-hidden rounded-[2px] bg-inset">
        <div className="h-full bg-brand" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
