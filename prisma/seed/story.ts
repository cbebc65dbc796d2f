import type { CallBody, TokenSketch } from "@/tests/support/calls";
import type { Random } from "./random";

/** A call and the environment whose API key it is sent with. */
export type SampleCall = Readonly<{ environment: "production" | "staging"; body: CallBody }>;

/** One planned call, before it becomes a provider's usage object: what a story may change. */
export type PlannedCall = Readonly<{
  occurredAt: Date;
  tenant: string;
  feature: string;
  model: string;
  tokens: Required<TokenSketch>;
  /** Null where the feature does not cache. */
  prefixHash: string | null;
}>;

export type Deploy = Readonly<{ sha: string; at: Date }>;

/** Something that happened in the sample data and that a page must make visible. */
export type Story = Readonly<{
  name: string;
  /** Factor on the traffic of a tenant in the hour that begins at `hour`. */
  volume?: (tenant: string, hour: Date) => number;
  /** Changes a call that was planned as an ordinary one. */
  alter?: (call: PlannedCall, random: Random) => PlannedCall;
  /** Deploys that must be there, at their time. */
  deploys?: readonly Deploy[];
  /** Calls beyond the ordinary ones, in order of time. */
  extra?: (random: Random, deploys: readonly Deploy[]) => readonly SampleCall[];
}>;

/** Where the sample data stands in time: every story counts back from `now`. */
export function before(now: Date, days: number, hours = 0): Date {
  return new Date(now.getTime() - (days * 24 + hours) * 3_600_000);
}
