import type { Scope } from "@/lib/auth/scope";
import { BreakdownTable } from "../panels/breakdown-table";
import type { View } from "../view";

/** Every model with what a million of its tokens came to, how long it took, and how much of it went by batch. */
export function ModelTable({ scope, view }: { scope: Scope; view: View }) {
  return (
    <BreakdownTable
      scope={scope}
      view={view}
      dimension="model"
      title="Models"
      question="What a million tokens came to, cached and fresh, in and out"
      limit={25}
      hasSwatch
      columns={["spend", "change", "calls", "tokens", "kinds", "cost_per_mtok", "latency", "batch", "errors"]}
    />
  );
}
