"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { toast } from "sonner";
import { Button, type ButtonProps } from "@/components/ui/button";

/** Copies `text` and says so for two seconds. Without children it is an icon; `label` names what is copied ("Copy key"). */
export function CopyButton({
  text,
  label,
  children,
  variant = "ghost",
  size = "icon-small",
  ...props
}: Omit<ButtonProps, "onClick"> & { text: string; label: string; children?: ReactNode }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
    } catch {
      toast.error("Not copied", {
        description: "The browser refused access to the clipboard: select the text instead.",
      });
    }
  };
  return (
    <Button variant={variant} size={size} aria-label={isCopied ? "Copied" : label} onClick={copy} {...props}>
      {isCopied ? <Check className="size-[13px]" /> : <Copy className="size-[13px]" />}
      {children}
    </Button>
  );
}
