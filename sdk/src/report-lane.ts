import type { RateLimits } from "./call.js";
import type { Lane } from "./lane.js";
import { type Json, plainJson } from "./plain-json.js";
import type { DropReason } from "./queue.js";
import { SOURCE } from "./version.js";

const FIRST_REPORT_MS = 1_000;
const DROPS_EVERY_MS = 10_000;
const LIMITS_EVERY_MS = 60_000;
/** A server that knows no client reports is asked again now and then: it may be updated. */
const REFUSED_WAIT_MS = 300_000;
/** As many as the server keeps. */
const MAX_MODELS = 50;

export type ReportLane = Lane & {
  /** A call was recorded: from the first one on, the server is to know of this client. */
  greet(): void;
  drop(reason: DropReason, count: number): void;
  rateLimits(model: string, limits: RateLimits): void;
  /** Calls dropped since the client was made. */
  dropped(): number;
};

/**
 * Tells the server what was dropped, by reason, and the latest rate limits. Each report carries what is new since the one
 * before; it is sent with the same sequence number until it is acknowledged, so that every drop is counted exactly once.
 */
export function createReportLane(client: {
  clientId: string;
  runtime: string;
  deploySha: string | undefined;
}): ReportLane {
  let dropped: Partial<Record<DropReason, number>> = {};
  let limits = new Map<string, Json>();
  let total = 0;
  let sequence = 1;
  let pending: { dropped: typeof dropped; rate_limits: Record<string, Json> } | undefined;
  let dropsDueAt = Number.POSITIVE_INFINITY;
  let limitsDueAt = Number.POSITIVE_INFINITY;
  let sentAt = Number.NEGATIVE_INFINITY;
  let greeted = false;

  /** What is new goes into the report that is to be acknowledged next. */
  function take(): NonNullable<typeof pending> {
    const news = { dropped, rate_limits: Object.fromEntries(limits) };
    dropped = {};
    limits = new Map();
    dropsDueAt = limitsDueAt = Number.POSITIVE_INFINITY;
    return news;
  }

  const isDirty = () => dropsDueAt < Number.POSITIVE_INFINITY || limits.size > 0;

  return {
    path: "/api/v1/client-reports",
    isEmpty: () => pending === undefined && !isDirty(),
    dueAt: () => (pending === undefined ? Math.min(dropsDueAt, limitsDueAt) : 0),
    dropped: () => total,
    greet() {
      if (greeted) return;
      greeted = true;
      dropsDueAt = Math.min(dropsDueAt, Date.now() + FIRST_REPORT_MS);
    },
    drop(reason, count) {
      dropped[reason] = (dropped[reason] ?? 0) + count;
      if (reason !== "outcome") total += count;
      dropsDueAt = Math.min(dropsDueAt, Math.max(Date.now() + FIRST_REPORT_MS, sentAt + DROPS_EVERY_MS));
    },
    rateLimits(model, values) {
      const plain = plainJson(values);
      if (plain === undefined) return;
      limits.delete(model);
      limits.set(model, plain);
      if (limits.size > MAX_MODELS) for (const oldest of [...limits.keys()].slice(0, 1)) limits.delete(oldest);
      limitsDueAt = Math.min(limitsDueAt, Math.max(Date.now() + FIRST_REPORT_MS, sentAt + LIMITS_EVERY_MS));
    },
    async body() {
      pending ??= take();
      const { clientId, runtime, deploySha } = client;
      const identity = { client_id: clientId, sequence, sent_at: new Date().toISOString() };
      return JSON.stringify({ ...identity, sdk: SOURCE, runtime, deploy_sha: deploySha, ...pending });
    },
    settle({ status, body }) {
      // A page of somebody else, such as a proxy, is no acknowledgement.
      const { accepted } = (body ?? {}) as { accepted?: unknown };
      if (status !== 200 || typeof accepted !== "boolean") return REFUSED_WAIT_MS;
      pending = undefined;
      sequence++;
      sentAt = Date.now();
      return undefined;
    },
  };
}
