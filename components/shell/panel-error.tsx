"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Component, type ReactNode, startTransition } from "react";
import { hrefWith } from "@/components/filters/url-state";
import { Failure } from "@/components/shell/failure";
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
      <Failure
        title="This panel could not be read"
        reference={error.digest}
        actions={
          <>
            <Button onClick={this.retry}>Try again</Button>
            <Button variant="ghost" onClick={this.props.onShorten}>
              Last 7 days
            </Button>
          </>
        }
      >
        The server did not answer its question. Nothing is wrong with the figures beside it.
      </Failure>
    );
  }
}
