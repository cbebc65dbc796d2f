"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogContent, DialogFooter } from "@/components/ui/dialog";

type Props = { title: string; secret: string; label: string; onDone: () => void; children: ReactNode };

/** A secret that is shown now and never again: copied by a button, not lost by a click beside the dialog. */
export function ShowOnce({ title, secret, label, onDone, children }: Props) {
  return (
    <DialogContent title={title} onInteractOutside={(event) => event.preventDefault()}>
      <p className="text-text-2">{children}</p>
      <div className="mt-3 flex items-center gap-2 rounded-panel border border-border bg-inset py-1.5 pr-1.5 pl-3">
        <code className="mono min-w-0 flex-1 break-all" data-secret>
          {secret}
        </code>
        <CopyButton text={secret} label={`Copy ${label}`} size="small">
          Copy
        </CopyButton>
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </DialogContent>
  );
}
