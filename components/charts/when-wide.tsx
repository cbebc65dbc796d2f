"use client";

import type { ReactNode } from "react";
import { useIsWide } from "@/components/charts/use-is-wide";

/** What a phone has no room for: taken out there, not only hidden, so that nothing is drawn into no width. */
export function WhenWide({ children }: { children: ReactNode }) {
  return useIsWide() && children;
}
