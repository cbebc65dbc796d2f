import Link from "next/link";
import { Muted } from "@/components/data-table/muted";
import type { Scope } from "@/lib/auth/scope";
import { encodeCallId } from "@/lib/calls/call-id";
import { attemptsOf, countTurns, turnOf } from "@/lib/calls/chain";
import { listNeighbours, type Neighbour, type Neighbours } from "@/lib/calls/neighbours";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatMs, formatTime, formatUsd } from "@/lib/format";
import type { View } from "../view";
import { CallStatus } from "./call-status";
import { beside } from "./call-view";
import { Fact } from "./fact";

type Props = { scope: Scope; call: Call; view: View };

/** Where a call stands in its session and its task, the call before and after it in each, and the attempts of its operation. */
export async function CallPlace({ scope, call, view }: Props) {
  const found = await Promise.all([listNeighbours(scope, call, "session"), listNeighbours(scope, call, "task")]).catch(
    () => null,
  );
  if (!found) return <Fact name="Neighbours">could not be read</Fact>;
  const [session, task] = found;
  const chain = task ?? session;
  const attempts = chain ? attemptsOf(chain.calls, chain.at) : [];
  const isSame = session && task && session.calls.length === task.calls.length;
  return (
    <>
      {session && <Steps name={isSame ? "In both" : "In its session"} view={view} around={session} />}
      {task && !isSame && <Steps name="In its task" view={view} around={task} />}
      {attempts.length > 1 && <Attempts view={view} call={call} attempts={attempts} />}
      {call.attempt > 1 && attempts.length <= 1 && (
        <Fact name="Other attempts">
          <Muted>{chain ? "not among the calls around it" : "cannot be told without task or session"}</Muted>
        </Fact>
      )}
    </>
  );
}

function Steps({ name, view, around: { calls, at, isWhole } }: { name: string; view: View; around: Neighbours }) {
  const [before, after] = [calls[at - 1], calls[at + 1]];
  return (
    <Fact name={name}>
      {isWhole
        ? `turn ${formatCount(turnOf(calls, at))} of ${formatCount(countTurns(calls) || 1)}`
        : "among more than 500 calls"}
      <span className="ml-2 inline-flex gap-2">
        <Step label="previous" to={before} view={view} />
        <Step label="next" to={after} view={view} />
      </span>
    </Fact>
  );
}

function Step({ label, to, view }: { label: string; to: Neighbour | undefined; view: View }) {
  if (!to) return <Muted>{label === "next" ? "last" : "first"}</Muted>;
  return (
    <Link
      href={beside(view, encodeCallId(to))}
      scroll={false}
      prefetch={false}
      className="link"
      title={`${formatTime(to.occurredAt, "ms")} UTC, ${to.model}, status ${to.statusCode}`}
    >
      {label}
    </Link>
  );
}

function Attempts({ view, call, attempts }: { view: View; call: Call; attempts: readonly Neighbour[] }) {
  const isPriced = attempts.every(({ costUsdPicos }) => costUsdPicos !== null);
  const cost = attempts.reduce((sum, one) => sum + (one.costUsdPicos ?? 0n), 0n);
  return (
    <div className="my-1 rounded-control bg-inset px-3 py-2">
      <dt className="flex justify-between gap-3 text-text-2">
        <span>{formatCount(attempts.length)} attempts of one operation</span>
        <span>{isPriced ? `${formatUsd(cost)} together` : "not all priced"}</span>
      </dt>
      <dd>
        <ol>
          {attempts.map((one) => {
            const isSelf = one.requestId === call.requestId && one.occurredAt.getTime() === call.occurredAt.getTime();
            const time = formatTime(one.occurredAt, "ms");
            return (
              <li
                key={encodeCallId(one)}
                className="flex items-center gap-3 whitespace-nowrap py-0.5 max-phone:gap-2 max-phone:py-1.5"
              >
                {isSelf ? (
                  <span aria-current="true" className="mono font-medium">
                    {time}
                  </span>
                ) : (
                  <Link href={beside(view, encodeCallId(one))} scroll={false} prefetch={false} className="link mono">
                    {time}
                  </Link>
                )}
                <CallStatus call={one} />
                <span className="ml-auto text-text-2">{formatMs(one.latencyMs)}</span>
                <span className="min-w-[64px] text-right max-phone:min-w-0">{costOf(one)}</span>
              </li>
            );
          })}
        </ol>
      </dd>
    </div>
  );
}

function costOf({ pricingStatus, costUsdPicos }: Neighbour) {
  if (pricingStatus === "not_billable") return <Muted>not billed</Muted>;
  return costUsdPicos === null ? <Muted>unpriced</Muted> : formatUsd(costUsdPicos);
}
