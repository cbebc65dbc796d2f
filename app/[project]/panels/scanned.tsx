import Link from "next/link";
import type { ReactNode } from "react";
import { Failure } from "@/components/shell/failure";
import { Button } from "@/components/ui/button";
import { ScanTimeout } from "@/lib/calls/scan";
import { here, type View } from "../view";

/** The content of a panel that reads very many calls one by one; where that takes too long, it says so and offers less. */
export async function Scanned({ view, children }: { view: View; children: () => Promise<ReactNode> }) {
  try {
    return await children();
  } catch (error) {
    if (!(error instanceof ScanTimeout)) throw error;
    return (
      <Failure
        title={error.title}
        actions={
          <Button asChild>
            <Link href={here(view, { period: "24h", from: null, to: null, bucket: null })}>Last 24 hours</Link>
          </Button>
        }
      >
        {error.detail}
      </Failure>
    );
  }
}
