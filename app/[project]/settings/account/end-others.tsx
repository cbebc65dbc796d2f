"use client";

import { toast } from "sonner";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { endOtherSessions } from "./actions";

/** Signs the person out everywhere but here. */
export function EndOthers() {
  const { run, isPending } = useAction(endOtherSessions);
  const end = () =>
    run({}, ({ ended }) => void toast.success(ended === 1 ? "1 session ended" : `${ended} sessions ended`));
  return (
    <Button size="small" disabled={isPending} onClick={end}>
      End all others
    </Button>
  );
}
