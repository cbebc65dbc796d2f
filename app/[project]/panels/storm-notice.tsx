import Link from "next/link";
import { Suspense } from "react";
import { PanelFrame } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatUsd } from "@/lib/format";
import { askIndex, type PromptQuestion } from "@/lib/reports/prompt-calls";
import { describeStorms, findStorms, listFrequentPrompts } from "@/lib/reports/prompt-storms";
import { optionOf } from "@/lib/reports/schema";
import { shortName, type View } from "../view";
import { promptHref, stormSpan, stormStory } from "./storm-words";

const HOUR = 3_600_000;
const SHOWN = 3;

/** Storms of the last hour, under the filters of the page, whatever its period; nothing while there is none. */
export function StormNotice(panel: { scope: Scope; view: View }) {
  return (
    <Suspense>
      <Storms {...panel} />
    </Suspense>
  );
}

async function readStorms(scope: Scope, question: PromptQuestion) {
  const frequent = await listFrequentPrompts(scope, question);
  const storms = await findStorms(scope, question, frequent, askIndex);
  return { storms, shown: await describeStorms(scope, question, storms.slice(0, SHOWN), askIndex) };
}

async function Storms({ scope, view }: { scope: Scope; view: View }) {
  const to = new Date(view.now.getTime() + 60_000);
  const period = { from: new Date(view.now.getTime() - HOUR), to };
  const question = { ...view.query, period };
  // What cannot be read is told by the panels below: this one says something only where there is something to say.
  const found = await readStorms(scope, question).catch(() => null);
  if (!found || found.shown.length === 0) return null;
  const { storms, shown } = found;
  const more = storms.length - shown.length;
  return (
    <PanelFrame
      label="Retry storms of the last hour"
      className="divide-y divide-border border-[color-mix(in_srgb,var(--firing)_40%,var(--border))]"
    >
      {shown.map((storm) => (
        <div
          key={`${storm.prompt} ${storm.startedAt.getTime()}`}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 max-phone:px-3.5"
        >
          <div className="min-w-0 flex-1 basis-[420px] max-phone:basis-full">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge variant="firing">Retry storm</Badge>
              <strong className="font-medium">
                {storm.tenant !== null ? shortName(storm.tenant) : `${formatCount(storm.tenants)} tenants`},{" "}
                {storm.feature === null ? `${formatCount(storm.features)} features` : shortName(storm.feature)}:{" "}
                {storm.wasted === 0n && storm.unpricedRepeats > 0n ? "unpriced calls" : formatUsd(storm.wasted)} wasted
              </strong>
              <span className="text-muted-foreground text-note">
                {stormSpan(storm, view.now, optionOf(view.query, "storm_minutes"))}
              </span>
            </p>
            <p className="mt-0.5 text-text-2">{stormStory(storm)}</p>
          </div>
          <Button asChild className="max-phone:h-11 max-phone:flex-1">
            <Link href={promptHref({ ...view, own: null }, storm.prompt, { ...period, preset: "24h" })}>
              Look into it
            </Link>
          </Button>
        </div>
      ))}
      {more > 0 && (
        <p className="px-4 py-2 text-muted-foreground text-note">{formatCount(more)} more in the last hour</p>
      )}
    </PanelFrame>
  );
}
