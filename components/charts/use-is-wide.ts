"use client";

import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 760px)";

function subscribe(onChange: () => void): () => void {
  const list = window.matchMedia(PHONE);
  list.addEventListener("change", onChange);
  return () => list.removeEventListener("change", onChange);
}

/** Whether the window is wider than a phone; true until the browser can tell. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => !window.matchMedia(PHONE).matches,
    () => true,
  );
}
