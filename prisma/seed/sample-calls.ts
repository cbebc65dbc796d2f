import { planDeploys } from "./deploys";
import { FEATURES, type FeatureProfile } from "./features";
import { createRandom } from "./random";
import { busyness } from "./rhythm";
import { tellStories } from "./stories";
import { before, type SampleCall } from "./story";

export type { SampleCall };

import { TENANTS } from "./tenants";
import { taskCalls, type World } from "./traffic";

export const SAMPLE_DAYS = 90;
/** Ordinary calls of the 90 days; the stories add some 5,000. */
const CALLS = 195_000;
const STAGING_SHARE = 0.015;
const HOUR_MS = 3_600_000;

type Source = Readonly<{ tenant: string; feature: FeatureProfile; weight: (hour: Date) => number }>;

/**
 * The sample data: some 200,000 calls of the 90 days up to `now`, hour by hour. The same `now` gives the same calls;
 * another one the same stories at the same distance from it. `size` makes it denser or shorter, for a benchmark.
 */
export function* sampleCalls(now: Date, size = { days: SAMPLE_DAYS, calls: CALLS }): Generator<SampleCall> {
  const hours = hoursUpTo(now, size.days);
  const stories = tellStories(now);
  const deploys = planDeploys(
    now,
    stories.flatMap((story) => story.deploys ?? []),
  );
  // A deploy is on staging some hours before production.
  const early = deploys.map((deploy) => ({ ...deploy, at: new Date(deploy.at.getTime() - 5 * HOUR_MS) }));
  const shared = { now, stories };
  const production: World = { ...shared, environment: "production", deploys, random: createRandom("production") };
  const staging: World = { ...shared, environment: "staging", deploys: early, random: createRandom("staging") };
  const streams = [
    hourlyCalls(production, customers(stories), hours, size.calls * (1 - STAGING_SHARE)),
    hourlyCalls(staging, testers(), hours, size.calls * STAGING_SHARE),
    ...stories.map((story) => byHour(story.extra?.(createRandom(story.name), deploys) ?? [], hours)),
  ];
  for (let next = streams.map((stream) => stream.next()); next.some((step) => !step.done); ) {
    for (const step of next) if (!step.done) yield* step.value;
    next = streams.map((stream) => stream.next());
  }
}

/** Every tenant with every feature, each at a share of its own. */
function customers(stories: World["stories"]): Source[] {
  const random = createRandom("mix");
  return TENANTS.flatMap(({ id, weight, utcShift }) =>
    FEATURES.map((feature) => {
      const share = (feature.share / feature.turns) * weight * (0.5 + random.next());
      const volume = (hour: Date) => stories.reduce((factor, story) => factor * (story.volume?.(id, hour) ?? 1), 1);
      return { tenant: id, feature, weight: (hour) => share * busyness(hour, utcShift) * volume(hour) };
    }),
  );
}

/** Staging is used by the makers alone, who try every feature in equal parts. */
function testers(): Source[] {
  return FEATURES.map((feature) => ({
    tenant: "acme-internal",
    feature,
    weight: (hour) => busyness(hour, 0) / feature.turns,
  }));
}

/** One array of calls an hour, in order of time; `count` in all, give or take a percent. */
function* hourlyCalls(
  world: World,
  sources: readonly Source[],
  hours: readonly Date[],
  count: number,
): Generator<SampleCall[]> {
  const expected = sources.map((source) => hours.map((hour) => source.weight(hour)));
  const total = sources.reduce(
    (sum, source, index) => sum + source.feature.turns * (expected[index] ?? []).reduce((a, b) => a + b, 0),
    0,
  );
  const scale = count / total;
  for (const [index, hour] of hours.entries()) {
    const calls = sources.flatMap((source, row) => {
      const tasks = world.random.count((expected[row]?.[index] ?? 0) * scale);
      return Array.from({ length: tasks }, () => {
        const start = new Date(hour.getTime() + world.random.below(HOUR_MS));
        return start > world.now ? [] : taskCalls(world, source.tenant, source.feature, start);
      }).flat();
    });
    yield calls.sort((a, b) => (a.body.occurred_at < b.body.occurred_at ? -1 : 1));
  }
}

function* byHour(calls: readonly SampleCall[], hours: readonly Date[]): Generator<SampleCall[]> {
  const found = new Map<string, SampleCall[]>();
  for (const call of calls) {
    const hour = call.body.occurred_at.slice(0, 13);
    const list = found.get(hour) ?? [];
    list.push(call);
    found.set(hour, list);
  }
  for (const hour of hours) yield found.get(hour.toISOString().slice(0, 13)) ?? [];
}

/** Whole UTC hours, the last of which is the one that `now` stands in. */
function hoursUpTo(now: Date, days: number): Date[] {
  const first = Math.ceil(before(now, days).getTime() / HOUR_MS) * HOUR_MS;
  const hours = Math.floor((now.getTime() - first) / HOUR_MS) + 1;
  return Array.from({ length: hours }, (_, index) => new Date(first + index * HOUR_MS));
}
