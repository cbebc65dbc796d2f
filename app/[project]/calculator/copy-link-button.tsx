"use client";

import { Link } from "lucide-react";
import { copyLink } from "@/components/shell/copy-link";
import { Button } from "@/components/ui/button";

/** The address holds everything that was entered. */
export function CopyLinkButton() {
  return (
    <Button onClick={copyLink}>
      <Link aria-hidden />
      Copy link
    </Button>
  );
}
