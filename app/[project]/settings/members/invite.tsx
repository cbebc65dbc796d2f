"use client";

import { UserPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ShowOnce } from "../show-once";
import { invite } from "./actions";
import { GrantFields, readGrant } from "./grant-fields";

/** Invites somebody: the link is shown once, to be handed over, as this server sends no mail. */
export function Invite({ slug }: { slug: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const { run, errors, isPending, clear } = useAction((input: unknown) => invite(slug, input));
  const toggle = (open: boolean) => {
    setIsOpen(open);
    setLink(null);
    clear();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({ email: form.get("email"), ...readGrant(form) }, (invited) => {
      setLink(invited.link);
      if (invited.link !== null) return;
      setIsOpen(false);
      toast.success(`${invited.email} is in`, { description: "The account was there already; no link is needed." });
    });
  };
  return (
    <Dialog open={isOpen} onOpenChange={toggle}>
      <DialogTrigger asChild>
        <Button size="small">
          <UserPlus />
          Invite
        </Button>
      </DialogTrigger>
      {link === null ? (
        <DialogContent title="Invite somebody">
          <form method="post" className="mt-3" onSubmit={submit} noValidate>
            <Field label="E-mail" error={errors.email}>
              <Input name="email" type="email" autoComplete="off" autoFocus />
            </Field>
            <GrantFields grant={{ role: "viewer", tenants: "all" }} errors={errors} />
            <FormError>{errors.form}</FormError>
            <DialogFooter>
              <DialogClose asChild>
                <Button>Cancel</Button>
              </DialogClose>
              <Button type="submit" variant="primary" disabled={isPending}>
                {isPending ? "Inviting…" : "Invite"}
              </Button>
            </DialogFooter>
          </form>
        </DialogContent>
      ) : (
        <ShowOnce title="Hand this link over" secret={link} label="invitation" onDone={() => toggle(false)}>
          Whoever opens it sets a password and is in. It works once, for a week, and is not shown again.
        </ShowOnce>
      )}
    </Dialog>
  );
}
