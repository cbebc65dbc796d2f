import type { FeaturePrefixes } from "@/lib/cache/read-prefixes";
import { type ReuseCell, sumCells } from "@/lib/cache/reuse";
import { type DeployPrefixes, judgeStability, type Stability } from "@/lib/cache/stability";

/** How stable the prefixes of a feature are; of an unstable one, since the deploy that made it so. Money in picodollars. */
export type PrefixStability = Readonly<{
  feature: string;
  verdict: Stability["verdict"];
  since: DeployPrefixes | null;
  prefixes: number;
  calls: number;
  /** Null without prefixes. */
  callsPerPrefix: number | null;
  tokensWritten: bigint;
  unreadCost: bigint;
}>;

/** Every feature that names its prefixes: unstable ones first, then by calls a prefix. */
export function describeStability(
  features: readonly FeaturePrefixes[],
  cells: readonly ReuseCell[],
): readonly PrefixStability[] {
  const described = features.map(({ feature, prefixes: all, deploys }): PrefixStability => {
    const { verdict, since, calls, tokensWritten, deploys: shown } = judgeStability(deploys);
    const own = deploys.filter(({ deploy }) => shown.includes(deploy));
    const prefixes = since ? own.reduce((sum, one) => sum + one.prefixes, 0) : all;
    const lost = cells.filter((cell) => cell.feature === feature && shown.includes(cell.deploy));
    return {
      feature,
      verdict,
      since,
      prefixes,
      calls,
      callsPerPrefix: prefixes === 0 ? null : calls / prefixes,
      tokensWritten,
      unreadCost: sumCells(lost, "unreadCost"),
    };
  });
  const rank = ({ verdict, callsPerPrefix }: PrefixStability) =>
    (verdict === "unstable" ? 0 : 1e12) + Math.min(callsPerPrefix ?? 1e11, 1e11);
  return described.sort((a, b) => rank(a) - rank(b) || (a.feature < b.feature ? -1 : 1));
}
