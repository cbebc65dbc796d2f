import Link from "next/link";
import { Button } from "@/components/ui/button";
import { type ContractView, repriceHref } from "./read-contract";
import { describeChange } from "./words";

type Props = { base: string; view: ContractView; saved: string | string[] | undefined };

/** What a change that was just saved means: new calls are priced by it, stored ones when they are re-priced. */
export function SavedNote({ base, view, saved }: Props) {
  const made = view.history.find(({ entry }) => String(entry.version) === saved);
  if (!made || made.entry.version !== view.version) return null;
  const href = repriceHref(`${base}/reprice`, view, made);
  return (
    <section
      role="status"
      aria-label="Saved"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-panel border border-border bg-better-soft px-4 py-3 wide:col-span-12 max-phone:px-3.5"
    >
      <div className="min-w-0 flex-1 basis-[360px]">
        <p className="font-medium">Saved as version {made.entry.version}</p>
        {made.changes.length === 1 && made.changes[0] && (
          <p className="break-words text-text-2">{describeChange(made.changes[0])}</p>
        )}
        <p className="text-note text-text-2">
          Calls that arrive from now on are priced by it.{" "}
          {href ? "Those stored before keep their price until they are re-priced." : "No stored call is concerned."}
        </p>
      </div>
      {href && (
        <Button asChild>
          <Link href={href}>Re-price stored calls</Link>
        </Button>
      )}
    </section>
  );
}
