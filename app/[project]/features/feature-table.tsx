import type { Scope } from "@/lib/auth/scope";
import { BreakdownTable } from "../panels/breakdown-table";
import type { View } from "../view";

/** Every feature with what it spends, what a call of it costs and holds, and how often it fails. */
export function FeatureTable({ scope, view }: { scope: Scope; view: View }) {
  return (
    <BreakdownTable
      scope={scope}
      view={view}
      dimension="feature"
      title="Features"
      question="What each spends, and what a call of it holds"
      hasSwatch
      limit={25}
      height={360}
      columns={[
        "spend",
        "change",
        "trend",
        "calls",
        "cost_per_call",
        "input_per_call",
        "input_per_call_before",
        "cache_hit",
        "errors",
        "retries",
      ]}
    />
  );
}
