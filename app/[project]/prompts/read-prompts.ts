import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { type HotPrompts, promptOrder, readHotPrompts } from "@/lib/reports/hot-prompts";
import { listPromptBars, type PromptBars, stripOf } from "@/lib/reports/prompt-bars";
import { type Repeats, sumRepeats } from "@/lib/reports/prompt-repeats";
import { describeStorms, findStorms, type Storm, type StormDetails, sumStorms } from "@/lib/reports/prompt-storms";
import { mayScan } from "../panels/may-scan";
import type { View } from "../view";

/** Prompts on a page of the table. */
export const SHOWN = 10;

const MOST_PAGES = 1000;
/** Prompts that the table leads to; the others are found by a filter. */
export const LISTED = SHOWN * MOST_PAGES;

/** The page of the table that the URL asks for, from 1; the last one for any beyond it. */
function askedPage({ params }: View): number {
  const page = Number(params.get("page") ?? 1);
  return Number.isInteger(page) && page > 0 ? Math.min(page, MOST_PAGES) : 1;
}

/** The page that is shown of so many prompts, and how many there are. */
export function pageOf(view: View, hashes: number): Readonly<{ page: number; pages: number }> {
  const pages = Math.max(1, Math.min(MOST_PAGES, Math.ceil(hashes / SHOWN)));
  return { page: Math.min(askedPage(view), pages), pages };
}

/** The hot prompts up to the page's last row. Once a request. */
export const readPrompts = cache(async (scope: Scope, view: View): Promise<HotPrompts> => {
  await mayScan(view, "main");
  return readHotPrompts(scope, view.query, promptOrder(view.query), SHOWN * askedPage(view));
});

/** Repeats of the period, by feature and in all. Once a request. */
export const readRepeats = cache(
  async (scope: Scope, view: View): Promise<{ features: readonly Repeats[]; all: Repeats }> => {
    await mayScan(view, "main");
    return sumRepeats(scope, view.query);
  },
);

/** The storms of the period, the latest first. Once a request. */
export const listStorms = cache(async (scope: Scope, view: View): Promise<readonly Storm[]> => {
  const { ranking } = await readPrompts(scope, view);
  return findStorms(scope, view.query, ranking.frequent);
});

export type StormStory = Readonly<{
  storm: StormDetails;
  strip: PromptBars & Readonly<{ from: Date }>;
}>;

/** Of some storms the one that wasted most, with its calls every few seconds; null without any. */
export async function tellStorms(scope: Scope, view: View, storms: readonly Storm[]): Promise<StormStory | null> {
  const sums = await sumStorms(scope, view.query, storms);
  const [dearest] = storms
    .map((one, i) => ({ one, wasted: sums[i]?.wasted ?? 0n }))
    .toSorted((a, b) => (a.wasted === b.wasted ? b.one.calls - a.one.calls : a.wasted > b.wasted ? -1 : 1));
  const [storm] = dearest ? await describeStorms(scope, view.query, [dearest.one]) : [];
  if (!storm) return null;
  const { period, stepMs } = stripOf(storm.startedAt, storm.endedAt);
  const bars = await listPromptBars(scope, { ...view.query, period }, [storm.prompt], stepMs);
  return { storm, strip: { calls: bars.get(storm.prompt)?.calls ?? [], stepMs, from: period.from } };
}
