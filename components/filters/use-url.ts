"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { hrefWith, type ParamChanges } from "@/components/filters/url-state";

/** Replaces parameters of the current URL, keeping the scroll; `isPending` until the page has answered. */
export function useUrl(): { replace: (changes: ParamChanges) => void; isPending: boolean } {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams().toString();
  const [isPending, start] = useTransition();
  const replace = (changes: ParamChanges) =>
    start(() => router.replace(hrefWith(pathname, params, changes), { scroll: false }));
  return { replace, isPending };
}
