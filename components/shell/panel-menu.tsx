"use client";

import { Braces, Download, Ellipsis, Link as LinkIcon } from "lucide-react";
import { copyLink } from "@/components/shell/copy-link";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

/** The `…` of a panel: CSV and JSON of what it shows, the link to it. `e` on the keyboard takes the CSV of the first. */
export function PanelMenu({ title, csvHref, jsonHref }: { title: string; csvHref?: string; jsonHref?: string }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-small" aria-label={`${title}: menu`} data-csv={csvHref}>
          <Ellipsis className="size-[13px]" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {csvHref && (
          <DropdownMenuItem asChild>
            <a href={csvHref} download>
              <Download />
              CSV
            </a>
          </DropdownMenuItem>
        )}
        {jsonHref && (
          <DropdownMenuItem asChild>
            <a href={jsonHref}>
              <Braces />
              JSON
            </a>
          </DropdownMenuItem>
        )}
        <DropdownMenuItem onSelect={copyLink}>
          <LinkIcon />
          Copy link
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
