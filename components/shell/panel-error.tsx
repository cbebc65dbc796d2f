"use client";

import { CircleAlert } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Component, type ReactNode, startTransition } from "react";
import { hrefWith } from "@/components/filters/url-state";
import { Button } from "@/components/ui/button";

/** Keeps a failure inside its panel: what failed, Try again, a shorter period, and the reference that the server's log holds. */
export function PanelError({ children }: { children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams().toString();
  return (
    <Boundary
      key={params}
      onRetry={() => router.refresh()}
      onShorten={() =>
        router.replace(hrefWith(pathname, params, { period: "7d", from: null, to: null }), { scroll: false })
      }
    >
      {children}
    </Boundary>
  );
}

type Props = { onRetry: () => void; onShorten: () => void; children: ReactNode };
type State = { error: (Error & { digest?: string }) | null };

class Boundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    // Redirects and 404 travel as errors too: they are not this panel's.
    const digest = "digest" in error ? String(error.digest) : "";
    if (digest.startsWith("NEXT_")) throw error;
    return { error };
  }

  retry = () => {
    startTransition(() => {
      this.props.onRetry();
      this.setState({ error: null });
    });
  };

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div
        role="alert"
        className="grid flex-1 content-center justify-items-center gap-1.5 px-4 py-6 text-center text-text-2"
      >
        <p className="flex items-center gap-1.5 font-medium text-foreground">
          <CircleAlert aria-hidden strokeWidth={1.75} className="size-[15px]" />
          This panel could not be read
        </p>
        <p className="max-w-[40ch] text-[12.5px] leading-[18px]">
          The server did not answer its question. Nothing is wrong with the figures beside it.
        </p>
        <div className="mt-1.5 flex justify-center gap-1.5">
          <Button onClick={this.retry}>Try again</Button>
          <Button variant="ghost" onClick={this.props.onShorten}>
            Last 7 days
          </Button>
        </div>
        {error.digest && <p className="mono text-muted-foreground">ref {error.digest}</p>}
      </div>
    );
  }
}
