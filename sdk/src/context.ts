import type { Call, Context } from "./call.js";
import type { ContextStorage } from "./platform.js";

const FIELDS = {
  tenantId: "tenant_id",
  feature: "feature",
  sessionId: "session_id",
  taskId: "task_id",
  userId: "user_id",
  deploySha: "deploy_sha",
} as const satisfies Record<keyof Context, keyof Call>;

const KEYS = Object.keys(FIELDS) as (keyof Context)[];

/** The fields of a call that a context fills in. */
export function contextFields(context: Context): Partial<Call> {
  const fields: Partial<Call> = {};
  for (const key of KEYS) if (context[key] !== undefined) fields[FIELDS[key]] = context[key];
  return fields;
}

/** Far more than the server takes, so that it can say so. */
const MAX_TEXT = 1_000;

/** What a host passed as context: ids may be numbers; what is no text, or throws when read, is left out. */
export function readContext(given: unknown): Context {
  const context: Context = {};
  for (const key of KEYS) {
    const value = readText(given, key);
    if (value !== undefined) context[key] = value;
  }
  return context;
}

function readText(given: unknown, key: string): string | undefined {
  try {
    const value = (given as Record<string, unknown> | null | undefined)?.[key];
    const isText = typeof value === "string" || typeof value === "number" || typeof value === "bigint";
    return isText ? String(value).slice(0, MAX_TEXT) || undefined : undefined;
  } catch {
    return undefined;
  }
}

/** Nested contexts, each merged over the one around it, followed over awaits by `storage`. */
export function createContexts(defaults: Context, storage: ContextStorage<Context> | undefined) {
  const current = () => storage?.getStore() ?? defaults;
  return {
    current,
    run<R>(context: unknown, fn: () => R): R {
      return storage ? storage.run({ ...current(), ...readContext(context) }, fn) : fn();
    },
  };
}
