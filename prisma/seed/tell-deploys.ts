import type { Scope } from "@/lib/auth/scope";
import { recordDeploys } from "@/lib/deploys/write";
import { planDeploys } from "./deploys";
import { createRandom } from "./random";
import { tellStories } from "./stories";
import { CACHE_LOST_SHA, STEADY_SHA } from "./stories/cache-lost";
import { REPAIRED_SHA, UNTRUNCATED_SHA } from "./stories/tool-result-untruncated";

const MINUTE_MS = 60_000;
const STAGING_AHEAD_MS = 5 * 60 * MINUTE_MS;
const PULLS = 412;

/** The deploys of the stories; the other ones take turns with the ordinary work below. */
const STORIES: Readonly<Record<string, string>> = {
  [STEADY_SHA]: "Retry on 529 with jitter",
  [CACHE_LOST_SHA]: "Greet customers by their local time",
  [UNTRUNCATED_SHA]: "Hand whole documents to doc-search",
  [REPAIRED_SHA]: "Cut tool results to their first pages again",
};
const WORK = [
  "Bump the web client",
  "Stream answers into the editor",
  "Cache the tools of agent-run",
  "Fix the time zone of call summaries",
  "Add Spanish to support-reply",
  "Move settings into one form",
  "Log the request id of every call",
  "Limit the history to 20 turns",
  "Update dependencies",
  "Show sources under an answer",
  "Ask before an agent writes",
  "Shorten the system prompt of sql-assistant",
  "Repair the export of tickets",
] as const;

/** Tells of every deploy of the sample when it went out, what it was and where to read more; of one, nobody has called it yet. */
export async function tellDeploys(scope: Scope, now: Date): Promise<void> {
  const stories = tellStories(now);
  const random = createRandom("deploy titles");
  const deploys = planDeploys(
    now,
    stories.flatMap((story) => story.deploys ?? []),
  ).map(({ sha, at }, i) => ({
    deploy_sha: sha,
    deployed_at: new Date(at.getTime() - MINUTE_MS - random.below(MINUTE_MS)),
    title: STORIES[sha] ?? WORK[i % WORK.length] ?? null,
    url: `https://git.acme.example/assist/pull/${PULLS + i}`,
  }));
  const staged = deploys.map((deploy) => ({
    ...deploy,
    deployed_at: new Date(deploy.deployed_at.getTime() - STAGING_AHEAD_MS),
  }));
  const next = {
    deploy_sha: "c0ffee1",
    deployed_at: new Date(now.getTime() - 3 * MINUTE_MS),
    title: "Take the local time out of the system prompt",
    url: `https://git.acme.example/assist/pull/${PULLS + deploys.length}`,
  };
  await recordDeploys(scope, "production", deploys);
  await recordDeploys(scope, "staging", [...staged, next]);
}
