import { X } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { Scope } from "@/lib/auth/scope";
import { toCallEvent } from "@/lib/calls/curl";
import type { Call } from "@/lib/calls/read";
import { formatDateTime } from "@/lib/format";
import type { View } from "../view";
import { CallCard } from "./call-card";
import { beside } from "./call-view";
import { CopyCurl } from "./copy-curl";

/** One call beside the list it was opened from; over it where there is no room for both. */
export function CallAside({ scope, view, lines }: { scope: Scope; view: View; lines: readonly [Call, ...Call[]] }) {
  const [call] = lines;
  const second = (after: number) => new Date(Math.floor(call.occurredAt.getTime() / 1000 + after) * 1000).toJSON();
  return (
    <aside
      aria-label="Call"
      className="flex min-w-0 flex-col rounded-panel bg-card shadow-pop max-wide:fixed max-wide:inset-y-0 max-wide:right-0 max-wide:z-40 max-wide:w-full max-wide:max-w-[440px] max-wide:overflow-y-auto max-wide:rounded-none wide:sticky wide:top-[60px]"
    >
      <header className="flex items-start gap-2 pt-[11px] pr-2.5 pl-4">
        <div className="min-w-0">
          <h2 className="mono truncate font-semibold text-body" title={call.requestId}>
            {call.requestId}
          </h2>
          <p className="text-muted-foreground text-note">{formatDateTime(call.occurredAt)}</p>
        </div>
        <div className="ml-auto flex shrink-0">
          <CopyButton text={call.requestId} label="Copy request id" />
          <CopyCurl
            question={`from=${second(0)}&to=${second(1)}&filter.request=${encodeURIComponent(call.requestId)}`}
            event={toCallEvent(call)}
          />
          <Button asChild variant="ghost" size="icon-small">
            <Link href={beside(view, null)} replace scroll={false} aria-label="Close" data-shortcut="close">
              <X className="size-[13px]" />
            </Link>
          </Button>
        </div>
      </header>
      <CallCard scope={scope} lines={lines} view={view} />
    </aside>
  );
}
