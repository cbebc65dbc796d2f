import { formatCount, formatDay, formatDuration, formatTime } from "@/lib/format";
import { type Period, toPeriodParams } from "@/lib/period";
import type { StormDetails } from "@/lib/reports/prompt-storms";
import { REPORT_OPTIONS } from "@/lib/reports/schema";
import { entityPath, there, type View } from "../view";

/** The thresholds that the URL sets: they go along to every page about prompts. */
export function thresholdParams({ params }: Pick<View, "params">): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.keys(REPORT_OPTIONS).map((name) => [name, params.get(name)]));
}

/** The page of one prompt, over the page's period or another one. */
export function promptHref(view: View, prompt: string, period?: Period): string {
  const { path, id } = entityPath("/prompts", prompt);
  const span = period ? { period: null, from: null, to: null, ...toPeriodParams(period) } : {};
  return there(view, path, { ...thresholdParams(view), ...span, id });
}

/** The period of a storm, its last call included. */
export function spanOf({ startedAt, endedAt }: Pick<StormDetails, "startedAt" | "endedAt">): Period {
  return { from: startedAt, to: new Date(endedAt.getTime() + 1) };
}

/** The calls of one prompt, one by one. */
export function promptCallsHref(view: View, prompt: string, period: Period = view.query.period): string {
  return there(view, "/calls", {
    period: null,
    from: null,
    to: null,
    ...toPeriodParams(period),
    "filter.prompt": prompt,
  });
}

/** "21 Nov, 03:14:07 – 03:18:19 UTC, ended"; running while another call would still belong to it. */
export function stormSpan({ startedAt, endedAt }: StormDetails, now: Date, minutes: number): string {
  const isRunning = now.getTime() - endedAt.getTime() < minutes * 60_000;
  const isOneDay = formatDay(startedAt) === formatDay(endedAt);
  const end = `${isOneDay ? "" : `${formatDay(endedAt)}, `}${formatTime(endedAt)}`;
  return `${formatDay(startedAt)}, ${formatTime(startedAt)} – ${end} UTC, ${isRunning ? "still running" : "ended"}`;
}

const calls = (count: number) => (count === 1 ? "1 call" : `${formatCount(count)} calls`);

/** Who sent it, how fast, up to which attempt, and how the calls ended, where that says something. */
export function stormStory(storm: StormDetails): string {
  const length = formatDuration(Math.max(1_000, storm.endedAt.getTime() - storm.startedAt.getTime()));
  const tenants = storm.tenants === 1 ? "one tenant" : `${formatCount(storm.tenants)} tenants`;
  const attempt = storm.attempt > 1 ? `, up to attempt ${formatCount(storm.attempt)}` : "";
  const sentences = [`One prompt, ${tenants}: ${calls(storm.calls)} within ${length}${attempt}.`];
  if (storm.cut > 0) {
    const limit = storm.maxTokens === null ? "" : ` (${formatCount(storm.maxTokens)})`;
    sentences.push(
      `${storm.cut === storm.calls ? "All" : formatCount(storm.cut)} of them stopped at max_tokens${limit}.`,
    );
  }
  const failed = [
    ...(storm.rateLimited > 0 ? [`${formatCount(storm.rateLimited)} were refused with 429`] : []),
    ...(storm.errors > 0 ? [`${formatCount(storm.errors)} failed`] : []),
  ];
  if (failed.length > 0) sentences.push(`${failed.join(", ")}.`);
  if (storm.unpricedCalls > 0n)
    sentences.push(`${formatCount(storm.unpricedCalls)} have no price and are in no amount here.`);
  return sentences.join(" ");
}
