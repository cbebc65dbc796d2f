import Link from "next/link";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";
import type { Override } from "@/lib/pricing/contract";
import { findValid } from "@/lib/pricing/match";
import { overrideInWords } from "./override-words";

const day = (text: string) => formatDate(new Date(text));

/**
 * What the project's contract says about a model, on any day.
 * @param contractHref null for who may not see the contract: what it does to prices is shown to all, its notes are not
 */
export function ModelContract({
  overrides,
  on,
  contractHref,
}: {
  overrides: readonly Override[];
  on: string;
  contractHref: string | null;
}) {
  const newestFirst = overrides.toSorted((a, b) => (a.from < b.from ? 1 : -1));
  return (
    <Panel title="Your contract" question="What does this project pay instead of the list price?">
      {overrides.length === 0 && (
        <PanelBody className="text-text-2">The list price: the contract says nothing about this model.</PanelBody>
      )}
      <ul className="px-4 pt-2 max-phone:px-3.5">
        {newestFirst.map((override) => (
          <li
            key={override.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-border border-b py-[7px] last:border-b-0"
          >
            <span className="block font-medium first-letter:uppercase">{overrideInWords(override)}</span>
            {findValid([override], Date.parse(on)) && <Badge variant="brand">holds on {day(on)}</Badge>}
            <span className="ml-auto text-text-2">
              from {day(override.from)}
              {override.to && ` until ${day(override.to)}, not included`}
            </span>
            {contractHref && override.note && (
              <span className="w-full text-muted-foreground text-note">{override.note}</span>
            )}
          </li>
        ))}
      </ul>
      {contractHref && (
        <PanelFoot link={<Link href={contractHref}>Contract</Link>}>
          A discount or premium multiplies the list price; own rates replace it at standard speed.
        </PanelFoot>
      )}
    </Panel>
  );
}
