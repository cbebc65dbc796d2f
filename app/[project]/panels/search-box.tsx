"use client";

import { Search } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { useUrl } from "@/components/filters/use-url";

const WAIT_MS = 250;

/** Finds rows of a table by name: writes `q` to the URL a moment after the last key. */
export function SearchBox({ label }: { label: string }) {
  const { replace } = useUrl();
  const current = useSearchParams().get("q") ?? "";
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const write = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => replace({ q: text.trim() || null, page: null }), WAIT_MS);
  };
  return (
    <label className="flex h-6 w-[180px] items-center gap-1.5 rounded-[5px] border border-input px-[7px] text-note focus-within:outline-2 focus-within:outline-ring max-phone:h-9 max-phone:w-full">
      <Search aria-hidden strokeWidth={1.75} className="size-[13px] shrink-0 text-muted-foreground" />
      <span className="sr-only">{label}</span>
      <input
        type="search"
        defaultValue={current}
        placeholder={label}
        maxLength={128}
        onChange={(event) => write(event.currentTarget.value)}
        className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted-foreground"
      />
    </label>
  );
}
