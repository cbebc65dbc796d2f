"use client";

import { useState } from "react";
import { toast } from "sonner";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Member } from "@/lib/auth/members";
import { ShowOnce } from "../show-once";
import { makeLink } from "./actions";

/** A new link for somebody whose invitation is over or who lost the password. */
export function MemberLink({ slug, member }: { slug: string; member: Member }) {
  const [link, setLink] = useState<string | null>(null);
  const { run, isPending } = useAction(async (input: { userId: string }) => {
    const made = await makeLink(slug, input);
    if (!made.ok) toast.error("No link made", { description: made.errors.form, duration: Number.POSITIVE_INFINITY });
    return made;
  });
  const who = member.name || member.email;
  return (
    <>
      <Button
        size="small"
        variant="ghost"
        aria-label={`New link for ${who}`}
        disabled={isPending}
        onClick={() => run({ userId: member.userId }, (made) => setLink(made.link))}
      >
        New link
      </Button>
      <Dialog open={link !== null} onOpenChange={(open) => !open && setLink(null)}>
        <ShowOnce title={`Hand this link to ${who}`} secret={link ?? ""} label="link" onDone={() => setLink(null)}>
          Whoever opens it sets the password of {member.email} and is in. It works once, for a week; older links end.
        </ShowOnce>
      </Dialog>
    </>
  );
}
