import { before, type Story } from "../story";

export const UNKNOWN_MODEL = "claude-mythos-preview";

/** Litware tries a model in private preview for its agents, and no price of it is published: shown and counted, never $0. */
export function unknownModel(now: Date): Story {
  const since = before(now, 6);
  return {
    name: "unknown-model",
    alter: (call, random) =>
      call.tenant === "Litware" && call.feature === "agent-run" && call.occurredAt >= since && random.chance(0.25)
        ? { ...call, model: UNKNOWN_MODEL }
        : call,
  };
}
