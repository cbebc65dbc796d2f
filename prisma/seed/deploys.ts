import { createRandom } from "./random";
import { before, type Deploy } from "./story";

const HOUR_MS = 3_600_000;
const SHA_LENGTHS = [7, 7, 7, 8, 10, 12, 40] as const;

/**
 * Some 60 deploys over the 90 days and a little before, oldest first: one every working day and a half, during the day.
 * Those of the stories stand at their time, with nothing else within ten hours or after the last of them.
 */
export function planDeploys(now: Date, fixed: readonly Deploy[]): readonly Deploy[] {
  const random = createRandom("deploys");
  const last = Math.max(...fixed.map((deploy) => deploy.at.getTime()));
  const deploys = [...fixed];
  for (let at = before(now, 92).getTime(); at < last; at += (19 + random.below(15)) * HOUR_MS) {
    const sha = random.hex(random.pick(SHA_LENGTHS));
    const day = new Date(at);
    day.setUTCHours(9 + random.below(8), random.below(60), random.below(60), random.below(1000));
    const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    const crowded = fixed.some((deploy) => Math.abs(deploy.at.getTime() - day.getTime()) < 10 * HOUR_MS);
    if (!weekend && !crowded && day.getTime() < last) deploys.push({ sha, at: day });
  }
  return deploys.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** What was live at a moment; the first deploy for anything before it. */
export function deployAt(deploys: readonly Deploy[], at: Date): string {
  return (deploys.findLast((deploy) => deploy.at <= at) ?? deploys[0])?.sha ?? "unknown";
}
