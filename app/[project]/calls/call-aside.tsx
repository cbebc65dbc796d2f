import { X } from "lucide-react";
import Link from "next/link";
import { Suspense } from "react";
import { Empty } from "@/components/shell/empty";
import { PanelError } from "@/components/shell/panel-error";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import { findCall } from "@/lib/calls/read";
import { formatDateTime } from "@/lib/format";
import type { View } from "../view";
import { CallCard } from "./call-card";
import { stay } from "./call-view";

type Props = { scope: Scope; view: View; id: string };

/** One call beside the list it was opened from. */
export function CallAside(props: Props) {
  return (
    <aside
      aria-label="Call"
      className="flex min-w-0 flex-col rounded-panel bg-card shadow-pop max-wide:order-first wide:sticky wide:top-[60px]"
    >
      <PanelError>
        <Suspense fallback={<PanelSkeleton rows={16} />}>
          <Opened {...props} />
        </Suspense>
      </PanelError>
    </aside>
  );
}

async function Opened({ scope, view, id }: Props) {
  const [call, ...more] = await findCall(scope, id);
  return (
    <>
      <header className="flex items-start gap-2 pt-[11px] pr-2.5 pl-4">
        <div className="min-w-0">
          <h2 className="mono truncate font-semibold text-body" title={call?.requestId}>
            {call ? (
              <Link href={`${view.base}/calls/${encodeURIComponent(id)}`} className="hover:underline">
                {call.requestId}
              </Link>
            ) : (
              "No such call"
            )}
          </h2>
          {call && <p className="text-muted-foreground text-note">{formatDateTime(call.occurredAt)}</p>}
        </div>
        <Button asChild variant="ghost" size="icon-small" className="ml-auto">
          <Link href={stay(view, { call: null })} scroll={false} aria-label="Close">
            <X className="size-[13px]" />
          </Link>
        </Button>
      </header>
      {call ? (
        <CallCard lines={[call, ...more]} view={view} />
      ) : (
        <Empty title="No call by this id">It may have been removed, or the link was cut.</Empty>
      )}
    </>
  );
}
