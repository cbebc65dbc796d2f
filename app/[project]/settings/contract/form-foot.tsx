"use client";

import { FormError } from "@/components/forms/form-error";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";

/** What went wrong as a whole, Cancel and the button that saves; `isHarmful` puts the focus on Cancel. */
export function FormFoot({
  error,
  verb,
  isPending,
  isHarmful = false,
}: {
  error: string | undefined;
  verb: string;
  isPending: boolean;
  isHarmful?: boolean;
}) {
  return (
    <>
      <FormError>{error}</FormError>
      <DialogFooter>
        <DialogClose asChild>
          <Button autoFocus={isHarmful}>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant={isHarmful ? "destructive" : "primary"} disabled={isPending}>
          {isPending ? "Saving…" : verb}
        </Button>
      </DialogFooter>
    </>
  );
}
