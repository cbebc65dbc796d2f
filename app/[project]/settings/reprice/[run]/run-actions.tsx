"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { RunStatus } from "@/lib/reprice/schema";
import { apply, cancel, resume, undo } from "../actions";

export type ActionableRun = Readonly<{ number: number; status: RunStatus; wasApplied: boolean; changed: number }>;
type Props = { slug: string; run: ActionableRun };

/** What an owner can do with a run as it stands. */
export function RunActions({ slug, run }: Props) {
  const { status, wasApplied, changed } = run;
  const isAtWork = status === "previewing" || status === "applying";
  const isStopped = status === "cancelled" || status === "failed";
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      {status === "previewed" && changed > 0 && <Apply slug={slug} run={run} />}
      {(isAtWork || status === "previewed") && (
        <Plain slug={slug} run={run} action={cancel} verb={isAtWork ? "Stop" : "Discard"} />
      )}
      {isStopped && <Plain slug={slug} run={run} action={resume} verb="Go on" />}
      {wasApplied && !isAtWork && changed > 0 && <Undo slug={slug} run={run} />}
    </div>
  );
}

type PlainProps = Props & { action: typeof cancel; verb: string };

function Plain({ slug, run: { number }, action, verb }: PlainProps) {
  const { run, errors, isPending } = useAction((input: unknown) => action(slug, input));
  return (
    <>
      <Button onClick={() => run({ number }, () => undefined)} disabled={isPending}>
        {verb}
      </Button>
      <FormError>{errors.form}</FormError>
    </>
  );
}

function Apply({ slug, run: { number, changed } }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const { run, errors, isPending } = useAction((input: unknown) => apply(slug, input));
  const start = () =>
    run({ number }, () => {
      setIsOpen(false);
      toast.success("The new prices are being applied", { description: "Calls go on coming in meanwhile." });
    });
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">Apply to {formatCount(changed)} calls</Button>
      </DialogTrigger>
      <DialogContent
        title={`Apply run ${number}?`}
        description={`${formatCount(changed)} calls get other prices. It can be stopped on the way, and undone afterwards.`}
      >
        <FormError>{errors.form}</FormError>
        <DialogFooter>
          <DialogClose asChild>
            <Button autoFocus>Cancel</Button>
          </DialogClose>
          <Button variant="primary" onClick={start} disabled={isPending}>
            {isPending ? "Starting…" : "Apply"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Undo({ slug, run: { number } }: Props) {
  const { run, errors, isPending } = useAction((input: unknown) => undo(slug, input));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    run({ number, reason: new FormData(event.currentTarget).get("reason") }, () => undefined);
  };
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button>Undo…</Button>
      </DialogTrigger>
      <DialogContent
        title={`Undo run ${number}?`}
        description="Every call that it changed, and no later run has, gets its former price. A dry run comes first."
      >
        <form method="post" onSubmit={submit} className="mt-3">
          <Field label="Reason" hint="Kept with the run" error={errors.reason}>
            <Input name="reason" maxLength={500} autoComplete="off" required autoFocus />
          </Field>
          <FormError>{errors.form}</FormError>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" disabled={isPending}>
              {isPending ? "Starting…" : "Show what it undoes"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
