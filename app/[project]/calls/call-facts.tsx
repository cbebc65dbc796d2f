import { Suspense } from "react";
import { Muted } from "@/components/data-table/muted";
import type { Scope } from "@/lib/auth/scope";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatMs, formatPercent, formatSha, formatUsd } from "@/lib/format";
import { traceHref } from "../sessions/trace-links";
import { drillHref, entityPath, there, type View } from "../view";
import { CallPlace } from "./call-place";
import { Fact, FactValue } from "./fact";
import { FirstSeen } from "./first-seen";
import { TaskOutcome } from "./task-outcome";

/** What a call belongs to and how it went: each value leads to its page, the funnel beside it to the calls that share it. */
export function CallFacts({ scope, call, view }: { scope: Scope; call: Call; view: View }) {
  const bare = { ...view, own: null, params: new URLSearchParams() };
  const entity = (dimension: "tenant" | "feature" | "deploy" | "model", value: string) =>
    drillHref(bare, dimension, value);
  const page = (folder: string, value: string) => {
    const { path, id } = entityPath(folder, value);
    return there(bare, path, { id });
  };
  // Other tenants and environments may have a session or task of the same name. What narrows the list is not about it.
  const params = new URLSearchParams([...view.params].filter(([name]) => /^(period|from|to)$/.test(name)));
  const trace = (kind: "session" | "task", id: string) => traceHref({ ...bare, params }, { kind, id }, call);
  const fact = { call, view };
  return (
    <dl className="border-border border-t px-4 py-1.5 text-[12.5px] leading-[18px] max-phone:px-3.5">
      <Fact name="Tenant">
        <FactValue {...fact} dimension="tenant" value={call.tenantId} href={entity("tenant", call.tenantId)} />
      </Fact>
      <Fact name="Feature">
        <FactValue {...fact} dimension="feature" value={call.feature} href={entity("feature", call.feature)} />
      </Fact>
      <Fact name="Deploy">
        <FactValue
          {...fact}
          dimension="deploy"
          value={call.deploySha}
          text={formatSha(call.deploySha)}
          href={entity("deploy", call.deploySha)}
          isMono
        />
      </Fact>
      <Fact name="Model">
        <FactValue {...fact} dimension="model" value={call.model} href={entity("model", call.model)} isMono />
      </Fact>
      <Fact name="Provider">
        <FactValue
          {...fact}
          dimension="provider"
          value={call.provider}
          text={call.platform === call.provider ? call.provider : `${call.provider} on ${call.platform}`}
        />
      </Fact>
      <Fact name="Environment">
        <FactValue {...fact} dimension="environment" value={call.environment} />
      </Fact>
      <Fact name="Prompt hash">
        <FactValue
          {...fact}
          dimension="prompt"
          value={call.promptHash}
          href={page("/prompts", call.promptHash ?? "")}
          isMono
        />
      </Fact>
      <Fact name="Prefix hash">
        <FactValue {...fact} dimension="prefix" value={call.prefixHash} isMono>
          <Suspense>
            <FirstSeen scope={scope} call={call} />
          </Suspense>
        </FactValue>
      </Fact>
      <Fact name="Session">
        <FactValue
          {...fact}
          dimension="session"
          value={call.sessionId}
          href={trace("session", call.sessionId ?? "")}
          isMono
        />
      </Fact>
      <Fact name="Task">
        <FactValue {...fact} dimension="task" value={call.taskId} href={trace("task", call.taskId ?? "")} isMono>
          <Suspense>
            <TaskOutcome scope={scope} call={call} />
          </Suspense>
        </FactValue>
      </Fact>
      <Suspense>
        <CallPlace scope={scope} call={call} view={view} />
      </Suspense>
      <Fact name="User">
        <FactValue {...fact} dimension="user" value={call.userId} isMono />
      </Fact>
      <Fact name="Attempt">{call.attempt === 1 ? "first" : `${call.attempt}, a retry`}</Fact>
      <Fact name="Status">
        <FactValue {...fact} dimension="status" value={String(call.statusCode)} />
      </Fact>
      {call.stopReason !== null && (
        <Fact name="Stop reason">
          <FactValue {...fact} dimension="stop_reason" value={call.stopReason} />
        </Fact>
      )}
      <Fact name="Latency">
        {formatMs(call.latencyMs)}
        {call.ttftMs !== null && `, first token ${formatMs(call.ttftMs)}`}
      </Fact>
      <Fact name="Max tokens">{maxTokens(call)}</Fact>
      <Fact name="Served as">{servedAs(call)}</Fact>
      <Fact name="Client reckoned">
        <Reckoned call={call} />
      </Fact>
    </dl>
  );
}

function maxTokens({ outputTokens, maxTokens: max }: Call) {
  if (max === null) return <Muted>not sent</Muted>;
  const share = max > 0 ? ` (${formatPercent(outputTokens / max, 0)})` : "";
  return `${formatCount(outputTokens)} of ${formatCount(max)} used${share}`;
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
