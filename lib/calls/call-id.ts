/** What identifies a row of llm_call inside its project, and where a page of calls ends. */
export type CallKey = Readonly<{ occurredAt: Date; tenantId: string; requestId: string; line: number }>;

/** A row's key as one opaque word that is safe in a URL: the id of a call, and the cursor of a page. */
export function encodeCallId({ occurredAt, tenantId, requestId, line }: CallKey): string {
  return Buffer.from(JSON.stringify([occurredAt.getTime(), tenantId, requestId, line])).toString("base64url");
}

/** The key behind an id, or null where it is none of ours. */
export function decodeCallId(id: string): CallKey | null {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(id, "base64url").toString("utf8"));
  } catch {
    return null;
  }
  if (!Array.isArray(value) || value.length !== 4) return null;
  const [time, tenantId, requestId, line] = value as unknown[];
  if (typeof time !== "number" || typeof line !== "number" || !Number.isInteger(line)) return null;
  if (typeof tenantId !== "string" || typeof requestId !== "string" || /\0/.test(tenantId + requestId)) return null;
  const occurredAt = new Date(time);
  return Math.abs(time) < 4e12 && Math.abs(line) < 32_768 ? { occurredAt, tenantId, requestId, line } : null;
}
