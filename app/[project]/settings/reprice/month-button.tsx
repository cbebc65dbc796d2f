"use client";

import { useState } from "react";
import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { formatMonth } from "@/lib/format";
import { close, reopen } from "./actions";

type Props = { slug: string; month: string; isClosed: boolean };

/** Asks, then closes a month or opens it again. */
export function MonthButton({ slug, month, isClosed }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const { run, errors, isPending } = useAction((input: unknown) => (isClosed ? reopen : close)(slug, input));
  const name = formatMonth(new Date(`${month}-01`));
  const verb = isClosed ? "Reopen" : "Close";
  const change = () =>
    run({ month }, () => {
      setIsOpen(false);
      toast.success(isClosed ? `${name} is open again` : `${name} is closed`);
    });
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>
        <Button size="small" variant="ghost" aria-label={`${verb} ${name}`}>
          {verb}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`${verb} ${name}?`}
        description={
          isClosed
            ? "The next run over it changes its calls and takes its adjustments back."
            : "Its calls keep their prices: what a run would change becomes an adjustment."
        }
      >
        <FormError>{errors.form ?? errors.month}</FormError>
        <DialogFooter>
          <DialogClose asChild>
            <Button autoFocus>Cancel</Button>
          </DialogClose>
          <Button variant="primary" onClick={change} disabled={isPending}>
            {isPending ? "Saving…" : `${verb} month`}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
