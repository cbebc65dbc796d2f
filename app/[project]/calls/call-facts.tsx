import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { Muted } from "@/components/data-table/muted";
import type { Scope } from "@/lib/auth/scope";
import type { CallDimension } from "@/lib/calls/query";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatMs, formatSha, formatUsd } from "@/lib/format";
import { drillHref, there, type View } from "../view";
import { TaskOutcome } from "./task-outcome";

const THREE_DAYS = 3 * 86_400_000;

/** All calls that share a value with this one, around its time. */
function sameHref(view: View, { occurredAt }: Call, dimension: CallDimension, value: string): string {
  const day = (ms: number) => new Date(ms).toJSON().slice(0, 10);
  const at = occurredAt.getTime();
  const span = { period: null, from: day(at - THREE_DAYS), to: day(at + THREE_DAYS + 86_400_000) };
  return there({ ...view, params: new URLSearchParams(), own: null }, "/calls", {
    ...span,
    [`filter.${dimension}`]: value,
  });
}

/** What a call belongs to and how it went: each value leads to its page, or to the calls that share it. */
export function CallFacts({ scope, call, view }: { scope: Scope; call: Call; view: View }) {
  const entity = (dimension: "tenant" | "feature" | "deploy" | "model", value: string) =>
    drillHref({ ...view, own: null, params: new URLSearchParams() }, dimension, value);
  const same = (dimension: CallDimension, value: string | null) =>
    value === null ? (
      <Muted>not sent</Muted>
    ) : (
      <Value text={value} href={sameHref(view, call, dimension, value)} isMono />
    );
  return (
    <dl className="border-border border-t px-4 py-1.5 text-[12.5px] leading-[18px] max-phone:px-3.5">
      <Fact name="Tenant">
        <Value text={call.tenantId} href={entity("tenant", call.tenantId)} />
      </Fact>
      <Fact name="Feature">
        <Value text={call.feature} href={entity("feature", call.feature)} />
      </Fact>
      <Fact name="Deploy">
        <Value text={formatSha(call.deploySha)} title={call.deploySha} href={entity("deploy", call.deploySha)} isMono />
      </Fact>
      <Fact name="Model">
        <Value text={call.model} href={entity("model", call.model)} isMono />
      </Fact>
      <Fact name="Provider">
        {call.platform === call.provider ? call.provider : `${call.provider} on ${call.platform}`}
      </Fact>
      <Fact name="Environment">{call.environment}</Fact>
      <Fact name="Prompt hash">{same("prompt", call.promptHash)}</Fact>
      <Fact name="Prefix hash">{same("prefix", call.prefixHash)}</Fact>
      <Fact name="Session">{same("session", call.sessionId)}</Fact>
      <Fact name="Task">
        {same("task", call.taskId)}
        <Suspense>
          <TaskOutcome scope={scope} call={call} />
        </Suspense>
      </Fact>
      <Fact name="User">{same("user", call.userId)}</Fact>
      <Fact name="Attempt">{call.attempt === 1 ? "first" : `${call.attempt}, a retry`}</Fact>
      <Fact name="Status">
        {call.statusCode}
        {call.stopReason && `, ${call.stopReason}`}
      </Fact>
      <Fact name="Latency">
        {formatMs(call.latencyMs)}
        {call.ttftMs !== null && `, first token ${formatMs(call.ttftMs)}`}
      </Fact>
      <Fact name="Max tokens">
        {call.maxTokens === null ? (
          <Muted>not sent</Muted>
        ) : (
          `${formatCount(call.outputTokens)} of ${formatCount(call.maxTokens)} used`
        )}
      </Fact>
      <Fact name="Served as">{servedAs(call)}</Fact>
      <Fact name="Client reckoned">
        <Reckoned call={call} />
      </Fact>
    </dl>
  );
}

function servedAs({ serviceTier, speed, inferenceGeo, location }: Call): string {
  return [`${serviceTier} tier`, `${speed} speed`, inferenceGeo, location].filter(Boolean).join(", ");
}

function Reckoned({ call: { reportedCostUsdPicos: reported, costUsdPicos: cost } }: { call: Call }) {
  if (reported === null) return <Muted>not sent</Muted>;
  const text = formatUsd(reported, { places: 6 });
  if (cost === null) return text;
  return cost === reported
    ? `${text}, the same`
    : `${text}, we differ by ${formatUsd(cost - reported, { places: 6, signed: true })}`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3 py-1">
      <dt className="shrink-0 text-muted-foreground">{name}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </div>
  );
}

function Value({
  text,
  title,
  href,
  isMono = false,
}: {
  text: string;
  title?: string;
  href: string;
  isMono?: boolean;
}) {
  return (
    <Link href={href} title={title ?? text} prefetch={false} className={`link block truncate ${isMono ? "mono" : ""}`}>
      {text}
    </Link>
  );
}
