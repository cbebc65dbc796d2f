/** The prefixes that a feature used under one deploy. */
export type DeployPrefixes = Readonly<{
  deploy: string;
  firstAt: Date;
  /** Calls that read or wrote a cache and named their prefix. */
  calls: number;
  prefixes: number;
  tokensWritten: bigint;
}>;

/** Fewer calls tell nothing of a deploy. */
export const ENOUGH_CALLS = 50;
/** Fewer calls than this a prefix: it is written about as often as it is used, and cannot pay. */
export const STABLE_CALLS_PER_PREFIX = 2;

export type Stability = Readonly<{
  /** `unknown`: no deploy with enough calls. */
  verdict: "stable" | "unstable" | "unknown";
  /** The deploy since which it is unstable, without a stable one between; null unless it is. */
  since: DeployPrefixes | null;
  /** Since that deploy, or over all of them. A prefix used under two deploys counts in both. */
  calls: number;
  tokensWritten: bigint;
  /** The deploys that these figures are of. */
  deploys: readonly string[];
}>;

/** Whether the latest deploys with enough calls make a new prefix for nearly every call, and since which. */
export function judgeStability(deploys: readonly DeployPrefixes[]): Stability {
  const inOrder = deploys.toSorted((a, b) => a.firstAt.getTime() - b.firstAt.getTime());
  const told = inOrder.filter(({ calls }) => calls >= ENOUGH_CALLS);
  const lastStable = told.findLastIndex(({ calls, prefixes }) => calls >= STABLE_CALLS_PER_PREFIX * prefixes);
  const since = told[lastStable + 1] ?? null;
  const shown = since ? inOrder.filter(({ firstAt }) => firstAt >= since.firstAt) : inOrder;
  return {
    verdict: told.length === 0 ? "unknown" : since ? "unstable" : "stable",
    since,
    calls: shown.reduce((sum, { calls }) => sum + calls, 0),
    tokensWritten: shown.reduce((sum, { tokensWritten }) => sum + tokensWritten, 0n),
    deploys: shown.map(({ deploy }) => deploy),
  };
}
