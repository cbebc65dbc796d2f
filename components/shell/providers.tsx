"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useState } from "react";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";

// The script sets the theme before the first paint, in the server's HTML. In the browser React would warn of a script
// that never runs; of another type it is data.
const THEME_SCRIPT = typeof window === "undefined" ? undefined : { type: "application/json" };

/** What every page lives in: theme (light, dark, system), server state, tooltips and toasts. `nonce` lets the theme's script run. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 1 } } }));
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
      scriptProps={THEME_SCRIPT}
    >
      <QueryClientProvider client={client}>
        <TooltipProvider delayDuration={300}>{children}</TooltipProvider>
      </QueryClientProvider>
      <Toaster />
    </ThemeProvider>
  );
}
