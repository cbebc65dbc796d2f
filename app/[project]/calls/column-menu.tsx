"use client";

import { Link as LinkIcon, RotateCcw, SlidersHorizontal } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { useUrl } from "@/components/filters/use-url";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

const YEAR_S = 31_536_000;

type Column = Readonly<{ key: string; name: string }>;

/**
 * Which columns the list has. The choice is kept in a cookie, so that the next page has it from the start; one that the
 * address makes wins, and is changed there.
 */
export function ColumnMenu({
  cookie,
  columns,
  chosen,
  usual,
}: {
  cookie: string;
  /** All but the time. */
  columns: readonly Column[];
  chosen: readonly string[];
  usual: readonly string[];
}) {
  const router = useRouter();
  const { replace } = useUrl();
  const isInAddress = useSearchParams().has("columns");
  const [shown, setShown] = useOptimistic(chosen);
  const [, start] = useTransition();
  const choose = (keys: readonly string[] | null) =>
    start(() => {
      setShown(keys ?? usual);
      const kept = keys === null ? "" : keys.join(".");
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there over plain http.
      document.cookie = `${cookie}=${kept}; path=/; max-age=${keys === null ? 0 : YEAR_S}; samesite=lax`;
      if (isInAddress) replace({ columns: keys === null ? null : keys.join(",") });
      else router.refresh();
    });
  const toggle = (key: string, isOn: boolean) => {
    const next = columns.filter((one) => (one.key === key ? isOn : shown.includes(one.key)));
    choose(next.length > 0 ? next.map((one) => one.key) : ["time"]);
  };
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="small" aria-label="Columns">
          <SlidersHorizontal />
          <span className="max-phone:hidden">Columns</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-h-[min(70dvh,520px)] overflow-y-auto">
        {columns.map(({ key, name }) => (
          <DropdownMenuCheckboxItem
            key={key}
            checked={shown.includes(key)}
            onCheckedChange={(isOn) => toggle(key, isOn)}
            onSelect={(event) => event.preventDefault()}
          >
            {name}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => choose(null)}>
          <RotateCcw />
          The usual columns
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => replace({ columns: shown.join(",") })}>
          <LinkIcon />
          Put them into the address
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
