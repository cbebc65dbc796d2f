"use client";

import { useState } from "react";
import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { revokeKey } from "./actions";

type Props = { slug: string; id: string; name: string; prefix: string; environment: string };

/** Asks, then revokes: there is no way back, so Cancel has the focus. */
export function RevokeKey({ slug, id, name, prefix, environment }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const { run, errors, isPending } = useAction((input: { id: string }) => revokeKey(slug, input));
  const revoke = () =>
    run({ id }, () => {
      setIsOpen(false);
      toast.success(`Key ${prefix} revoked`, { description: "Senders get 401 from now on." });
    });
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>
        <Button size="small" variant="ghost" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      </DialogTrigger>
      <DialogContent title={`Revoke ${name}?`} description="A revoked key cannot be brought back.">
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 *:border-border *:border-b *:py-1.5">
          <dt className="text-text-2">Key</dt>
          <dd className="mono text-right">{prefix}…</dd>
          <dt className="text-text-2">Environment</dt>
          <dd className="text-right">{environment}</dd>
          <dt className="text-text-2">Whoever still sends with it</dt>
          <dd className="text-right">gets 401 within 5 s</dd>
        </dl>
        <FormError>{errors.form ?? errors.id}</FormError>
        <DialogFooter>
          <DialogClose asChild>
            <Button autoFocus>Cancel</Button>
          </DialogClose>
          <Button variant="destructive" onClick={revoke} disabled={isPending}>
            {isPending ? "Revoking…" : "Revoke key"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
