import Link from "next/link";
import type { ReactNode } from "react";
import { StormStrip } from "@/components/charts/storm-strip";
import { PanelFrame } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatCount, formatDuration, formatSha, formatUsd, formatUsdParts } from "@/lib/format";
import type { PromptBars } from "@/lib/reports/prompt-bars";
import type { StormDetails } from "@/lib/reports/prompt-storms";
import { optionOf } from "@/lib/reports/schema";
import { drillHref, type View } from "../view";
import { promptCallsHref, promptHref, spanOf, stormSpan, stormStory } from "./storm-words";

const EDGE = "border-[color-mix(in_srgb,var(--firing)_40%,var(--border))]";

/** One storm: what it wasted, its calls every few seconds, and whose they were. `children` stand below: other storms. */
export function StormBanner({
  view,
  storm,
  strip,
  isOnItsPage = false,
  children,
}: {
  view: View;
  storm: StormDetails;
  strip: PromptBars & Readonly<{ from: Date }>;
  /** True on the page of its prompt: no link leads there. */
  isOnItsPage?: boolean;
  children?: ReactNode;
}) {
  const isUnpriced = storm.wasted === 0n && storm.unpricedRepeats > 0n;
  const { main, small } = isUnpriced ? { main: "unpriced", small: "" } : formatUsdParts(storm.wasted);
  return (
    <PanelFrame label="Retry storm" className={EDGE}>
      <div className="flex max-wide:flex-col">
        <div className="min-w-0 flex-[1.15] px-4 pt-3.5 pb-4">
          <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
            <Badge variant="firing">Retry storm</Badge>
            <span className="text-muted-foreground text-note">
              {stormSpan(storm, view.now, optionOf(view.query, "storm_minutes"))}
            </span>
          </p>
          <p className="mt-2 flex flex-wrap items-baseline gap-x-2.5">
            <span className="font-semibold text-hero tracking-[-0.035em] max-phone:text-[34px] max-phone:leading-10">
              {main}
              <span className="font-medium text-[.58em] text-muted-foreground tracking-[-0.02em]">{small}</span>
            </span>
            <span className="text-text-2">
              wasted on {formatCount(storm.repeats)} of {formatCount(storm.calls)} calls
            </span>
          </p>
          <p className="mt-1.5 max-w-[56ch] text-text-2">{stormStory(storm)}</p>
          <div className="mt-3.5 flex flex-wrap gap-2 max-phone:*:h-11 max-phone:*:flex-1">
            <Button asChild variant="primary">
              <Link href={promptCallsHref(view, storm.prompt, spanOf(storm))}>
                See the {formatCount(storm.calls)} calls
              </Link>
            </Button>
            {!isOnItsPage && (
              <Button asChild>
                <Link href={promptHref(view, storm.prompt)}>The prompt</Link>
              </Button>
            )}
          </div>
        </div>
        <div className="min-w-0 flex-[1.25] border-border px-4 pt-3.5 pb-2 max-wide:border-t wide:border-l">
          <p className="mb-1 font-[450] text-note text-text-2">Calls per {stepName(strip.stepMs)}</p>
          <StormStrip
            bars={strip.calls}
            from={strip.from}
            stepMs={strip.stepMs}
            storm={{ from: storm.startedAt, to: storm.endedAt }}
            label={`Calls per ${stepName(strip.stepMs)}`}
          />
        </div>
        <Facts view={view} storm={storm} isOnItsPage={isOnItsPage} />
      </div>
      {children}
    </PanelFrame>
  );
}

function stepName(ms: number): string {
  if (ms === 1_000) return "second";
  return ms < 60_000 ? `${ms / 1000} seconds` : ms === 60_000 ? "minute" : formatDuration(ms);
}

function Facts({ view, storm, isOnItsPage }: { view: View; storm: StormDetails; isOnItsPage: boolean }) {
  const priced = BigInt(storm.calls) - storm.unpricedCalls;
  return (
    <dl className="grid shrink-0 grid-cols-[minmax(0,1fr)] content-center border-border px-4 py-2.5 text-note max-wide:border-t wide:w-[236px] wide:border-l">
      <Fact
        name="Prompt hash"
        value={storm.prompt}
        count={1}
        href={isOnItsPage ? undefined : promptHref(view, storm.prompt)}
        isMono
      />
      <Fact name="Tenant" value={storm.tenant} count={storm.tenants} href={to(view, "tenant", storm.tenant)} />
      <Fact name="Feature" value={storm.feature} count={storm.features} href={to(view, "feature", storm.feature)} />
      <Fact name="Deploy" value={storm.deploy} count={storm.deploys} href={to(view, "deploy", storm.deploy)} isMono />
      <Fact name="Model" value={storm.model} count={storm.models} href={to(view, "model", storm.model)} isMono />
      <Fact name="Cost per call" value={priced > 0n ? formatUsd(storm.cost / priced) : "unpriced"} count={1} />
    </dl>
  );
}

function to(
  view: View,
  dimension: "tenant" | "feature" | "deploy" | "model",
  value: string | null,
): string | undefined {
  return value === null ? undefined : drillHref(view, dimension, value);
}

/** A name, or how many there are of several. */
function Fact({
  name,
  value,
  count,
  href,
  isMono = false,
}: {
  name: string;
  value: string | null;
  count: number;
  href?: string;
  isMono?: boolean;
}) {
  const text =
    value === null ? `${formatCount(count)} ${name.toLowerCase()}s` : name === "Deploy" ? formatSha(value) : value;
  const mono = isMono && value !== null ? "mono" : "";
  return (
    <div className="flex justify-between gap-2 border-border border-b py-[5px] last:border-b-0">
      <dt className="shrink-0 text-muted-foreground">{name}</dt>
      <dd className={`min-w-0 truncate font-medium ${mono}`} title={value ?? undefined}>
        {href ? (
          <Link href={href} className="hover:underline">
            {text}
          </Link>
        ) : (
          text
        )}
      </dd>
    </div>
  );
}
