import { before, type Story } from "../story";

export const UNTRUNCATED_SHA = "4be7719";
export const REPAIRED_SHA = "b7730aa";

/** 4be7719 hands whole documents to doc-search instead of their first pages: three times the input, same output. b7730aa repairs it. */
export function toolResultUntruncated(now: Date): Story {
  const broken = before(now, 16, 5);
  const repaired = before(now, 11, 4);
  return {
    name: "tool-result-untruncated",
    deploys: [
      { sha: UNTRUNCATED_SHA, at: broken },
      { sha: REPAIRED_SHA, at: repaired },
    ],
    alter: (call) => {
      if (call.feature !== "doc-search" || call.occurredAt < broken || call.occurredAt >= repaired) return call;
      const { input, read, write5m } = call.tokens;
      return { ...call, tokens: { ...call.tokens, input: 3 * input + 2 * (read + write5m) } };
    },
  };
}
