import type { LifetimeAdvice } from "@/lib/cache/lifetime";
import type { PrefixStability } from "@/lib/cache/prefix-stability";
import type { PromptLengths } from "@/lib/cache/read-lengths";
import { formatCount } from "@/lib/format";
import type { Row } from "@/lib/reports/schema";
import { sumOf } from "../panels/stack";
import { isCaching, isUnderLine, lostHit } from "./cached-features";

/** What the calls of a feature told beyond its sums; absent where nothing did. */
export type CallFacts = Readonly<{
  stability?: PrefixStability["verdict"];
  advice?: LifetimeAdvice["verdict"];
  /** Of each model that it calls. */
  lengths: readonly PromptLengths[];
}>;

export type Verdict = Readonly<{ text: string; isBad: boolean }>;

const LOUD = 0.05;
/** Nearly all prompts are too short: a few long ones change nothing. */
const MOSTLY = 0.9;

/** What is wrong with the cache of a feature, the worst first, in words. */
export function verdictOf(row: Row, { stability, advice, lengths }: CallFacts): Verdict {
  const bad = (text: string) => ({ text, isBad: true });
  const plain = (text: string) => ({ text, isBad: false });
  if (!isCaching(row)) return plain(withoutCache(lengths));
  if (stability === "unstable") return bad("new prefix on nearly every call");
  if ((lostHit(row) ?? 0) >= LOUD) return bad(isUnderLine(row) ? "fell under 20%" : "reads less than before");
  if (isUnderLine(row)) return bad("under 20%");
  if (sumOf(row, "net_saving") < 0n) return bad("writes cost more than reads save");
  if (advice === "1h") return plain("1h would hold more reads");
  if (advice === "5m") return plain("5m would do");
  return plain("steady");
}

/** Why it may not cache: too short for its models, as far as their minimum is known. */
function withoutCache(lengths: readonly PromptLengths[]): string {
  const calls = lengths.reduce((sum, one) => sum + one.calls, 0);
  if (calls === 0) return "does not cache";
  const mean = Number(lengths.reduce((sum, one) => sum + one.promptTokens, 0n)) / calls;
  const short = lengths.reduce((sum, { tooShort }) => sum + (tooShort ?? 0), 0);
  const minimum = Math.max(...lengths.map((one) => one.minimum ?? 0));
  if (short >= MOSTLY * calls) return `${formatCount(mean)} tokens, below the ${formatCount(minimum)} minimum`;
  const isKnown = lengths.some((one) => one.minimum !== null);
  return `${formatCount(mean)} tokens a call, all fresh${isKnown ? "" : "; minimum not known"}`;
}
