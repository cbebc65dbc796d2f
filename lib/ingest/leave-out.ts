import { callSchema, type FieldError } from "@/lib/ingest/schema";

/** Fields that a call is worth storing without. What identifies it, whom it was for and what it used are not among them. */
const DISPENSABLE = [
  ...["deploy_sha", "user_id", "session_id", "task_id", "attempt", "max_tokens", "stop_reason"],
  ...["service_tier", "latency_ms", "ttft_ms", "cost_usd_micros"],
] as (keyof typeof callSchema.shape)[];
const MAX_DEPLOY = 64;

/** Leaves out of a call the fields that break their rule and are not worth losing it for, and names them; a long deploy is cut. */
export function leaveOutBroken(draft: Readonly<Record<string, unknown>>): {
  call: Record<string, unknown>;
  leftOut: readonly FieldError[];
} {
  const call: Record<string, unknown> = { ...draft };
  // `sha256:` and its digits are longer; their beginning still tells deploys apart.
  if (typeof call.deploy_sha === "string") call.deploy_sha = cut(call.deploy_sha, MAX_DEPLOY);
  const leftOut: FieldError[] = [];
  for (const path of DISPENSABLE) {
    const checked = callSchema.shape[path].safeParse(call[path]);
    if (checked.success) continue;
    leftOut.push({ path, message: checked.error.issues[0]?.message ?? "breaks its rule" });
    delete call[path];
    // A tier that is not known is assumed, which makes the price an estimate.
    if (path === "service_tier") call.usage_source = "telemetry";
  }
  return { call, leftOut };
}

/** Whether a record's own id may be the request_id of a call. */
export function isRequestId(id: unknown): id is string {
  return callSchema.shape.request_id.safeParse(id).success;
}

/** The first `max` characters, as PostgreSQL counts them. */
function cut(text: string, max: number): string {
  return text.length <= max ? text : [...text.slice(0, 2 * max)].slice(0, max).join("");
}
