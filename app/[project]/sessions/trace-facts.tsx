import Link from "next/link";
import type { Scope } from "@/lib/auth/scope";
import { formatSha } from "@/lib/format";
import type { Trace, TraceId } from "@/lib/sessions/read-trace";
import { drillHref, shortName, type View } from "../view";
import { findTrace } from "./read-trace";
import { traceHref } from "./trace-links";
import { counted, spanText } from "./trace-words";

/** "Northwind, production, agent-run on 4be7719. 21 Nov 2026, 12:00:01 – 12:14:09 UTC. Task task_1b7b3dcc". */
export async function TraceFacts({ scope, view, of }: { scope: Scope; view: View; of: TraceId }) {
  const { traces, trace } = await findTrace(scope, view, of.kind, of.id).catch(() => ({ traces: [], trace: null }));
  if (!trace)
    return traces.length > 1
      ? `Sent by ${traces.length} tenants or environments`
      : `No call of this ${of.kind} is known`;
  const { features, deploys } = trace;
  const [feature, deploy] = [features[0], deploys[0]];
  return (
    <>
      <Link className="link" href={drillHref(view, "tenant", trace.tenantId)} title={trace.tenantId}>
        {shortName(trace.tenantId)}
      </Link>
      , {trace.environment},{" "}
      {features.length === 1 && feature !== undefined ? (
        <Link className="link" href={drillHref(view, "feature", feature)} title={feature}>
          {shortName(feature)}
        </Link>
      ) : (
        counted(features.length, "feature")
      )}{" "}
      on{" "}
      {deploys.length === 1 && deploy !== undefined ? (
        <Link className="link mono" href={drillHref(view, "deploy", deploy)} title={deploy}>
          {formatSha(deploy)}
        </Link>
      ) : (
        counted(deploys.length, "deploy")
      )}
      . {spanText(trace)}. <Others view={view} of={of} trace={trace} />
    </>
  );
}

/** A session's tasks, a task's sessions: the one there is, or how many there are. */
function Others({ view, of, trace }: { view: View; of: TraceId; trace: Trace }) {
  // Of very many calls nobody looked.
  if (trace.resentTokens === null) return null;
  const kind = of.kind === "session" ? "task" : "session";
  const ids = of.kind === "session" ? trace.tasks : trace.sessions;
  const [id] = ids;
  if (id === undefined) return `No ${kind} was named`;
  if (ids.length > 1) return counted(ids.length, kind);
  return (
    <>
      {kind === "task" ? "Task" : "Session"}{" "}
      <Link className="link mono" href={traceHref(view, { kind, id }, trace)} title={id}>
        {shortName(id)}
      </Link>
    </>
  );
}
