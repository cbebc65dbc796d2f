import Link from "next/link";
import { Suspense } from "react";
import { PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatMinute } from "@/lib/format";
import type { Storm } from "@/lib/reports/prompt-storms";
import { StormBanner } from "../panels/storm-banner";
import { promptHref } from "../panels/storm-words";
import type { View } from "../view";
import { listStorms, tellStorms } from "./read-prompts";

const NAMED = 4;

/** The storm that wasted most, and the names of the others. Nothing without one: the key figures say so. */
export function StormPanel(props: { scope: Scope; view: View; read?: typeof listStorms; isOnItsPage?: boolean }) {
  return (
    <Suspense>
      <Dearest {...props} />
    </Suspense>
  );
}

async function Dearest({
  scope,
  view,
  read = listStorms,
  isOnItsPage,
}: {
  scope: Scope;
  view: View;
  read?: typeof listStorms;
  isOnItsPage?: boolean;
}) {
  // Where the storms cannot be read the key figures and the table below say so.
  const storms = await read(scope, view).catch(() => []);
  const story = await tellStorms(scope, view, storms).catch(() => null);
  if (!story) return null;
  const others = storms.filter(({ prompt, startedAt }) => !isSame(story.storm, { prompt, startedAt }));
  return (
    <StormBanner view={view} storm={story.storm} strip={story.strip} isOnItsPage={isOnItsPage}>
      {others.length > 0 && (
        <PanelFoot>
          {formatCount(others.length)} more:{" "}
          {others.slice(0, NAMED).map((one, at) => (
            <span key={`${one.prompt} ${one.startedAt.getTime()}`}>
              {at > 0 && ", "}
              <Link href={promptHref(view, one.prompt)} className="link mono" prefetch={false}>
                {one.prompt.slice(0, 16)}
              </Link>{" "}
              {formatMinute(one.startedAt)}, {formatCount(one.calls)} calls
            </span>
          ))}
          {others.length > NAMED && " …"}
        </PanelFoot>
      )}
    </StormBanner>
  );
}

function isSame(a: Pick<Storm, "prompt" | "startedAt">, b: Pick<Storm, "prompt" | "startedAt">): boolean {
  return a.prompt === b.prompt && a.startedAt.getTime() === b.startedAt.getTime();
}
