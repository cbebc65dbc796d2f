import { Plus } from "lucide-react";
import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { OverrideTable } from "./override-table";
import type { ContractView } from "./read-contract";

const KINDS = [
  { kind: "adjustment", label: "Discount or premium" },
  { kind: "rates", label: "Own rates" },
  { kind: "alias", label: "Alias" },
] as const;

/** The overrides of the contract, and what adds one. */
export function OverridePanel({ path, view, mayChange }: { path: string; view: ContractView; mayChange: boolean }) {
  return (
    <Panel
      title="Contract"
      question="What do you pay that the list prices do not say?"
      right={
        mayChange && (
          <div className="flex flex-wrap gap-1 max-phone:pt-1.5">
            {KINDS.map(({ kind, label }) => (
              <Button key={kind} size="small" asChild>
                <Link href={`${path}?new=${kind}`} scroll={false} prefetch={false}>
                  <Plus aria-hidden className="max-phone:hidden" />
                  {label}
                </Link>
              </Button>
            ))}
          </div>
        )
      }
    >
      {view.rows.length === 0 ? (
        <Empty title="No terms of your own">
          Every call costs its list price. Add what you have agreed: a discount, rates for a model of your own, or
          another name of a model.
        </Empty>
      ) : (
        <OverrideTable path={path} rows={view.rows} mayChange={mayChange} />
      )}
      <PanelFoot>
        An alias counts first, then own rates, which take no discount; else all discounts and premiums that match
        multiply the list price. Both costs are kept with each call. Days are in UTC.
      </PanelFoot>
    </Panel>
  );
}
