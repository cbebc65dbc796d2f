"use client";

import { useSyncExternalStore } from "react";

export type FreshKey = Readonly<{ secret: string; environment: string }>;

// Memory of the page only: gone with a reload, never in a URL, a cookie or storage.
let fresh: FreshKey | null = null;
const listeners = new Set<() => void>();

/** Keeps a key that was just made for the rest of this visit, or forgets it. */
export function keepFreshKey(key: FreshKey | null): void {
  fresh = key;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The key that was made during this visit, if one was. */
export function useFreshKey(): FreshKey | null {
  return useSyncExternalStore(
    subscribe,
    () => fresh,
    () => null,
  );
}
