import type { Lane } from "./lane.js";
import type { Answer, Post } from "./post.js";
import { backoffMs, retryAfterMs, verdictOn } from "./retry.js";
import { setTimer, type Timer, timeLimit, waitAtMost } from "./timer.js";
import type { Warn } from "./warn.js";

export type Delivery = {
  /** Makes sure that what is due will be sent; call it after anything was added to a lane. */
  wake(): void;
  /** Sends what waits, due or not, until all is sent or no attempt fits into `ms` any more. Always resolves, at the latest after `ms`. */
  flush(ms: number): Promise<void>;
  /** Whether there is nothing left to send. */
  isEmpty(): boolean;
  /** Sends nothing from now on. */
  stop(): void;
};

type DeliveryOptions = {
  post: Post;
  warn: Warn;
  /** Brings into the lanes what is still on its way there, before a flush. */
  prepare(): Promise<void>;
};

/** `backoffUntil` counts from `failedAt`, the last attempt that did not get through. */
type Wait = { attempt: number; failedAt: number; backoffUntil: number; retryAfterUntil: number };
/** No attempt begins after `until`. */
type Round = { early: boolean; ignoreBackoff: boolean; until: number };

/** Rounds that wait or run, the end of the last of them, and when there last was progress; flushes that wait share one round. */
type Line = {
  rounds: number;
  last: Promise<unknown>;
  aliveAt: number;
  nextEarly?: { round: Round; turn: Promise<void> };
};

/** Much longer than any request may take. */
const DEAD_AFTER_MS = 30_000;
const SHORTEST_WAIT_MS = 50;
/** A flush does not wait out a backoff, but leaves a server this long after an attempt that failed. */
const SHORTEST_BACKOFF_MS = 1_000;

/** Sends the lanes' bodies, one request at a time and in order, and retries with growing waits what may succeed later. */
export function createDelivery(lanes: readonly Lane[], options: DeliveryOptions): Delivery {
  const { post, warn, prepare } = options;
  const waits = new Map<Lane, Wait>(lanes.map((lane) => [lane, newWait()]));
  /** Without a connection all lanes wait; otherwise their requests would keep a process alive by turns. */
  const connection = newWait();
  let line = newLine();
  let timer: Timer | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let isStopped = false;

  function blockedUntil(wait: Wait, ignoreBackoff = false): number {
    const ends = [wait, connection].map(({ failedAt, backoffUntil }) =>
      ignoreBackoff ? Math.min(backoffUntil, failedAt + SHORTEST_BACKOFF_MS) : backoffUntil,
    );
    return Math.max(wait.retryAfterUntil, ...ends);
  }

  function isReady(lane: Lane, wait: Wait, { early, ignoreBackoff, until }: Round): boolean {
    const now = Date.now();
    if (isStopped || now > until || now < blockedUntil(wait, ignoreBackoff)) return false;
    return early ? !lane.isEmpty() : now >= lane.dueAt();
  }

  /** Whether there is any point in going on with this lane at once. */
  async function attempt(lane: Lane, wait: Wait, mine: Line): Promise<boolean> {
    mine.aliveAt = Date.now();
    const body = await lane.body();
    if (body === undefined) return false;
    const answer = await post(lane.path, body);
    if (isStopped || mine !== line) return false;
    const now = Date.now();
    const failing = answer.status === 0 ? connection : wait;
    if (answer.status !== 0) connection.attempt = connection.backoffUntil = 0;
    if (verdictOn(answer.status) === "retry") {
      const asked = retryAfterMs(answer.retryAfter, now) ?? 0;
      failing.failedAt = now;
      failing.backoffUntil = now + (asked || backoffMs(++failing.attempt));
      failing.retryAfterUntil = now + asked;
      warn("away", awayMessage(answer));
      return false;
    }
    const hold = lane.settle(answer);
    wait.attempt = 0;
    wait.failedAt = now;
    wait.backoffUntil = hold === undefined ? 0 : now + hold;
    return hold === undefined;
  }

  async function sendLanes(round: Round, mine: Line): Promise<void> {
    const failures = connection.attempt;
    for (const [lane, wait] of waits) {
      while (isReady(lane, wait, round) && (await attempt(lane, wait, mine)));
      if (connection.attempt > failures) return;
    }
  }

  /** The line of rounds; a new one where a runtime ended a request of ours with the request of the host that it was made in. */
  function livingLine(): Line {
    if (line.rounds > 0 && Date.now() > line.aliveAt + DEAD_AFTER_MS) line = newLine();
    return line;
  }

  /** Rounds take turns, so that two never send the same batch. */
  function takeTurn(round: Round): Promise<void> {
    const mine = livingLine();
    const waiting = round.early ? mine.nextEarly : undefined;
    if (waiting) {
      waiting.round.until = Math.max(waiting.round.until, round.until);
      waiting.round.ignoreBackoff ||= round.ignoreBackoff;
      return waiting.turn;
    }
    const turn = queueRound(round, mine);
    if (round.early) mine.nextEarly = { round, turn };
    return turn;
  }

  async function queueRound(round: Round, mine: Line): Promise<void> {
    if (mine.rounds++ === 0) mine.aliveAt = Date.now();
    const turn = mine.last.then(() => {
      if (mine.nextEarly?.round === round) mine.nextEarly = undefined;
      return sendLanes(round, mine);
    });
    mine.last = turn.catch(() => undefined);
    try {
      await turn;
    } catch {
      const now = Date.now();
      for (const wait of waits.values())
        Object.assign(wait, { failedAt: now, backoffUntil: now + backoffMs(++wait.attempt) });
      warn("bug", "Sending failed within the SDK; calls are kept and sent again later.");
    } finally {
      mine.rounds--;
      schedule();
    }
  }

  function schedule(): void {
    if (livingLine().rounds > 0 || isStopped) return;
    const now = Date.now();
    const at = Math.min(...[...waits].map(([lane, wait]) => Math.max(lane.dueAt(), blockedUntil(wait))));
    // A runtime that suspends may lose a timer: one that should have rung is set anew.
    if (timer !== undefined && at === timerAt && now < timerAt + 1_000) return;
    clearTimeout(timer);
    timerAt = at;
    timer =
      at === Number.POSITIVE_INFINITY
        ? undefined
        : setTimer(
            () => {
              timer = undefined;
              void takeTurn({ early: false, ignoreBackoff: false, until: Number.POSITIVE_INFINITY });
            },
            Math.max(0, at - now),
          );
  }

  async function sendAll(deadline: number): Promise<void> {
    await prepare();
    for (let isFirst = true; ; isFirst = false) {
      const waiting = [...waits].filter(([lane]) => !lane.isEmpty()).map(([, wait]) => blockedUntil(wait, isFirst));
      const now = Date.now();
      const next = Math.max(Math.min(...waiting), isFirst ? now : now + SHORTEST_WAIT_MS);
      if (isStopped || next >= deadline) return;
      if (next > now) await new Promise<void>((resolve) => setTimer(resolve, next - now));
      await takeTurn({ early: true, ignoreBackoff: isFirst, until: deadline });
    }
  }

  return {
    wake: schedule,
    isEmpty: () => lanes.every((lane) => lane.isEmpty()),
    async flush(ms) {
      const limit = timeLimit(ms);
      await waitAtMost(limit, sendAll(Date.now() + limit));
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

const newLine = (): Line => ({ rounds: 0, last: Promise.resolve(), aliveAt: 0 });
const newWait = (): Wait => ({ attempt: 0, failedAt: 0, backoffUntil: 0, retryAfterUntil: 0 });

function awayMessage({ status, failure }: Answer): string {
  const what = status === 0 ? `is not reached (${failure})` : `answers with status ${status}`;
  return `Spendtrace ${what}; calls are kept and sent again later.`;
}
