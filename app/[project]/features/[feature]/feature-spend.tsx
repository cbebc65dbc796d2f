import type { Scope } from "@/lib/auth/scope";
import { CostOverTime } from "../../panels/cost-over-time";
import { TokenKinds } from "../../panels/token-kinds";
import type { View } from "../../view";
import { MaxTokensUnused } from "./max-tokens-unused";
import { MedianInput } from "./median-input";

/** What one feature spends over time and on which tokens, and what a typical call of it sends and answers. */
export function FeatureSpend({ feature, ...panel }: { scope: Scope; view: View; feature: string }) {
  return (
    <>
      <CostOverTime {...panel} stacks={["model", "tenant", "deploy", "token_kind"]} span={8} hasTable={false} />
      <TokenKinds {...panel} />
      <MedianInput {...panel} feature={feature} />
      <MaxTokensUnused {...panel} />
    </>
  );
}
