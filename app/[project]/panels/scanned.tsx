import Link from "next/link";
import type { ReactNode } from "react";
import { Empty } from "@/components/shell/empty";
import { Failure } from "@/components/shell/failure";
import { Button } from "@/components/ui/button";
import { ScanTimeout } from "@/lib/calls/scan";
import { formatCount } from "@/lib/format";
import { here, type View } from "../view";
import { mayScan, type Reads, UnaskedScan } from "./may-scan";

/**
 * The content of a panel that reads calls one by one; where that takes too long, it says so and offers less.
 * @param reads that it reads every call of the page's period and filters, as what the page is about or aside: very many only when asked.
 */
export async function Scanned({
  view,
  reads,
  children,
}: {
  view: View;
  reads?: Reads;
  children: () => Promise<ReactNode>;
}) {
  try {
    if (reads) await mayScan(view, reads);
    return await children();
  } catch (error) {
    if (error instanceof UnaskedScan) return <ToRead view={view} calls={error.calls} />;
    if (!(error instanceof ScanTimeout)) throw error;
    return (
      <Failure title={error.title} actions={<LastDay view={view} />}>
        {error.detail}
      </Failure>
    );
  }
}

function ToRead({ view, calls }: { view: View; calls: bigint }) {
  return (
    <Empty
      title={`${formatCount(calls)} calls to read`}
      action={
        <span className="flex gap-1.5">
          <LastDay view={view} />
          <Button asChild variant="ghost">
            <Link href={here(view, { read: "calls" })}>Read them all</Link>
          </Button>
        </span>
      }
    >
      This is not in the sums that are kept: it is read from the calls, one by one, which takes a while for so many.
    </Empty>
  );
}

function LastDay({ view }: { view: View }) {
  const href = here(view, { period: "24h", from: null, to: null, bucket: null, read: null });
  return (
    <Button asChild>
      <Link href={href}>Last 24 hours</Link>
    </Button>
  );
}
