"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import type { Member } from "@/lib/auth/members";
import { change } from "./actions";
import { GrantFields, readGrant } from "./grant-fields";

/** Changes role and tenants of one member. */
export function ChangeMember({ slug, member }: { slug: string; member: Member }) {
  const [isOpen, setIsOpen] = useState(false);
  const { run, errors, isPending, clear } = useAction((input: unknown) => change(slug, input));
  const who = member.name || member.email;
  const toggle = (open: boolean) => {
    setIsOpen(open);
    clear();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    run({ userId: member.userId, ...readGrant(new FormData(event.currentTarget)) }, () => {
      setIsOpen(false);
      toast.success(`${who} changed`, { description: "It holds from the next request on." });
    });
  };
  return (
    <Dialog open={isOpen} onOpenChange={toggle}>
      <DialogTrigger asChild>
        <Button size="small" variant="ghost" aria-label={`Change ${who}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogContent title={`Change ${who}`}>
        <form method="post" className="mt-3" onSubmit={submit}>
          <GrantFields grant={member} errors={errors} />
          <FormError>{errors.form ?? errors.userId}</FormError>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" disabled={isPending}>
              {isPending ? "Saving…" : "Save"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
