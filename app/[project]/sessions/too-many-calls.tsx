import Link from "next/link";
import { Failure } from "@/components/shell/failure";
import { PanelFrame } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import type { TraceId } from "@/lib/sessions/read-trace";
import { there, type View } from "../view";

/** Where an id was sent with more calls than can be added up in time; their list is read page by page. */
export function TooManyCalls({ view, of }: { view: View; of: TraceId }) {
  return (
    <PanelFrame label="Calls" className="min-h-[240px]">
      <Failure
        title="Too many calls to read"
        actions={
          <Button asChild>
            <Link href={there(view, "/calls", { [`filter.${of.kind}`]: of.id })}>List them</Link>
          </Button>
        }
      >
        So many calls were sent with this {of.kind}_id that adding them up takes too long. A filter by a tenant or
        feature has fewer.
      </Failure>
    </PanelFrame>
  );
}
