"use client";

import { useEffect } from "react";

/** Puts an environment that is not production before the title of the window, whatever page sets it. */
export function useEnvironmentTitle(environment: string | null): void {
  useEffect(() => {
    if (environment === null || environment === "production") return;
    const prefix = `${environment}: `;
    const mark = () => {
      if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
    };
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length);
    };
  }, [environment]);
}
