import Link from "next/link";
import { Muted } from "@/components/data-table/muted";
import { Badge } from "@/components/ui/badge";
import type { Client } from "@/lib/clients/read";
import { formatAgo, formatCount, formatDateTime, formatDuration, formatSha } from "@/lib/format";
import { drillHref, type View } from "../../view";
import { Figure } from "../figure";
import { counted } from "../unpriced/inbox-count";
import { dropWords } from "./drop-words";
import { LimitList } from "./limit-list";

/** From here on a clock puts calls into the wrong hour, and calls ahead of ours are refused. */
const SKEW_MS = 5 * 60_000;

/** One running SDK: what it is, when it reported, what it dropped, and how much is left of its providers' limits. */
export function ClientItem({ client, view }: { client: Client; view: View }) {
  const { sdk, runtime, environment, deploySha, firstSeenAt, lastSeenAt, skewMs } = client;
  const isOff = Math.abs(skewMs) > SKEW_MS;
  return (
    <li className="border-border border-b px-4 py-3 last:border-b-0 max-phone:px-3.5">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2">
        <div className="min-w-0">
          <h3 className="mono break-all font-medium">
            {sdk}
            {isOff && (
              <Badge variant="warn" className="ml-2 font-sans">
                Clock {formatDuration(Math.abs(skewMs))} {skewMs > 0 ? "ahead" : "behind"}
              </Badge>
            )}
          </h3>
          <p className="break-words text-note text-text-2">{runtime ?? "runtime not told"}</p>
        </div>
        <dl className="grid grid-flow-col gap-x-6 text-right max-phone:w-full max-phone:grid-flow-row max-phone:grid-cols-2 max-phone:gap-y-1.5 max-phone:text-left">
          <Figure label="Environment">{environment}</Figure>
          <Figure label="Deploy">
            {deploySha === null ? (
              <Muted>not told</Muted>
            ) : (
              <Link className="link mono" title={deploySha} href={drillHref(atHome(view), "deploy", deploySha)}>
                {formatSha(deploySha)}
              </Link>
            )}
          </Figure>
          <Figure label="First report">
            <Ago at={firstSeenAt} now={view.now} />
          </Figure>
          <Figure label="Last report">
            <Ago at={lastSeenAt} now={view.now} />
          </Figure>
        </dl>
      </div>
      {isOff && (
        <p className="mt-1.5 text-note text-text-2">
          Set this machine's clock: its calls stand at the wrong time
          {skewMs > 0 && ", and those more than five minutes ahead are refused"}.
        </p>
      )}
      <DropLine client={client} />
      <LimitList limits={client.rateLimits} now={view.now} />
    </li>
  );
}

/** Links from here start anew: the period of this page is that of its dropped calls. */
const atHome = (view: View): View => ({ ...view, params: new URLSearchParams() });

/** "Dropped 277 calls, none in the last 24 hours: queue full 275, too large 2." */
function DropLine({ client: { drops } }: { client: Client }) {
  if (drops.length === 0) return <p className="mt-1.5 text-note text-text-2">Dropped nothing.</p>;
  const own = drops.filter(({ reason }) => reason !== "outcome");
  const [calls, lastDay] = [own.map((one) => one.calls), own.map((one) => one.lastDayCalls)].map((all) =>
    all.reduce((sum, one) => sum + one, 0n),
  ) as [bigint, bigint];
  return (
    <p className="mt-1.5 text-note text-text-2">
      Dropped <span className="font-medium text-foreground">{counted(calls, "call")}</span>,{" "}
      {lastDay === 0n ? "none" : formatCount(lastDay)} in the last 24 hours:{" "}
      {drops.map(({ reason, calls }) => `${dropWords(reason).label.toLowerCase()} ${formatCount(calls)}`).join(", ")}.
    </p>
  );
}

function Ago({ at, now }: { at: Date; now: Date }) {
  return (
    <time dateTime={at.toISOString()} title={formatDateTime(at)}>
      {formatAgo(at, now)}
    </time>
  );
}
