"use client";

import { useState } from "react";
import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import type { Member } from "@/lib/auth/members";
import { remove } from "./actions";

/** Asks, then takes a member out of the project. */
export function RemoveMember({ slug, member }: { slug: string; member: Member }) {
  const [isOpen, setIsOpen] = useState(false);
  const { run, errors, isPending, clear } = useAction((input: unknown) => remove(slug, input));
  const who = member.name || member.email;
  const toggle = (open: boolean) => {
    setIsOpen(open);
    clear();
  };
  const confirm = () =>
    run({ userId: member.userId }, () => {
      setIsOpen(false);
      toast.success(`${who} removed`);
    });
  return (
    <Dialog open={isOpen} onOpenChange={toggle}>
      <DialogTrigger asChild>
        <Button size="small" variant="ghost" aria-label={`Remove ${who}`}>
          Remove
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Remove ${who}?`}
        description={`${member.email} sees nothing of this project from then on.`}
      >
        <p className="mt-2 text-text-2">Keys this person made keep working: revoke them under API keys.</p>
        <FormError>{errors.form}</FormError>
        <DialogFooter>
          <DialogClose asChild>
            <Button autoFocus>Cancel</Button>
          </DialogClose>
          <Button variant="destructive" onClick={confirm} disabled={isPending}>
            {isPending ? "Removing…" : "Remove member"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
