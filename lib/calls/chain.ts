/** What places a call among its neighbours. */
export type Linked = Readonly<{ feature: string; promptHash: string | null; attempt: number }>;

const isSameOperation = (one: Linked, other: Linked) =>
  one.feature === other.feature && one.promptHash === other.promptHash;

/**
 * The attempts of the operation that `calls[at]` is one of, first to last. An operation begins with attempt 1 and goes on
 * with the next calls of the same feature and prompt hash as long as their attempt grows. Another model may have served
 * one of them. Of two operations that run at once with the same prompt, nothing tells the attempts apart.
 * @param calls those of one task, or of one session where no task was told, in order of time.
 */
export function attemptsOf<T extends Linked>(calls: readonly T[], at: number): readonly T[] {
  const self = calls[at];
  if (!self) return [];
  const attempts = [self];
  for (let index = at - 1; index >= 0 && (attempts[0]?.attempt ?? 1) > 1; index -= 1) {
    const before = calls[index];
    if (!before || !isSameOperation(before, self)) continue;
    if (before.attempt >= (attempts[0]?.attempt ?? 1)) break;
    attempts.unshift(before);
  }
  for (let index = at + 1; index < calls.length; index += 1) {
    const after = calls[index];
    if (!after || !isSameOperation(after, self)) continue;
    if (after.attempt <= (attempts.at(-1)?.attempt ?? 1)) break;
    attempts.push(after);
  }
  return attempts;
}

/** Which turn the call at `at` belongs to, from 1 on: retries belong to the turn that they repeat. */
export function turnOf(calls: readonly Linked[], at: number): number {
  return Math.max(1, countTurns(calls.slice(0, at + 1)));
}

/** How many turns there are: first attempts. */
export function countTurns(calls: readonly Linked[]): number {
  return calls.filter(({ attempt }) => attempt <= 1).length;
}
