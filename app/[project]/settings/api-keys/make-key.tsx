"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { ShowOnce } from "../show-once";
import { KeyForm } from "./key-form";

/** Makes a key and shows it, once. */
export function MakeKey({ slug, environments }: { slug: string; environments: readonly string[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const toggle = (open: boolean) => {
    setIsOpen(open);
    if (open) setSecret(null);
  };
  return (
    <Dialog open={isOpen} onOpenChange={toggle}>
      <DialogTrigger asChild>
        <Button size="small">
          <Plus />
          Make a key
        </Button>
      </DialogTrigger>
      {secret === null ? (
        <DialogContent title="Make an API key">
          <KeyForm slug={slug} environments={environments} onMade={setSecret} />
        </DialogContent>
      ) : (
        <ShowOnce title="Copy your key now" secret={secret} label="API key" onDone={() => toggle(false)}>
          It is not kept here and cannot be shown again. Put it where your app keeps its secrets.
        </ShowOnce>
      )}
    </Dialog>
  );
}
