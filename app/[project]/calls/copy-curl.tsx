"use client";

import { Terminal } from "lucide-react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { type CallEvent, curlToRead, curlToSend } from "@/lib/calls/curl";

async function copy(command: string, key: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(command);
    toast.success("Command copied", { description: `Needs SPENDTRACE_KEY, a key with the scope ${key}.` });
  } catch {
    toast.error("Command not copied", { description: "The browser refused access to the clipboard." });
  }
}

const address = () => `${location.origin}/api/v1/calls`;

/** Copies the command that asks the API for what is shown; of one call also the one that sends it (to another server). */
export function CopyCurl({ question, event }: { question: string; event?: CallEvent }) {
  const read = () => copy(curlToRead(`${address()}?${question}`), "read");
  const button = (
    <Button
      variant="ghost"
      size={event ? "icon-small" : "small"}
      aria-label="Copy as curl"
      onClick={event ? undefined : read}
    >
      <Terminal />
      {!event && <span className="max-phone:hidden">curl</span>}
    </Button>
  );
  if (!event) return button;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={read}>curl that reads this call</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => copy(curlToSend(address(), event), "ingest")}>
          curl that sends it, without prompt
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
