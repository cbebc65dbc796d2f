"use client";

import { toast } from "sonner";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { endSession } from "./actions";

/** Ends one session. It costs nothing but signing in again, so it does not ask. */
export function EndSession({ id }: { id: string }) {
  const { run, isPending } = useAction(endSession);
  return (
    <Button
      size="small"
      variant="ghost"
      disabled={isPending}
      onClick={() => run({ id }, () => void toast.success("Session ended"))}
    >
      End session
    </Button>
  );
}
