import { hash } from "node:crypto";
import { type CallInput, callSchema } from "@/lib/ingest/schema";
import { canonicalJson } from "@/lib/json";

const FIELDS = (Object.keys(callSchema.shape) as (keyof CallInput)[]).sort();

/**
 * Tells whether a call that comes again is the same: 32 hexadecimal digits, the same for the same content, whatever the
 * order of its keys, and with null counting as absent. Fields that are added later leave the hash of other calls as it is.
 */
export function hashContent(environment: string, call: CallInput): string {
  // NUL cannot occur in a value, and a field has one type: no two contents make the same text.
  let content = environment;
  for (const field of FIELDS) {
    const value = call[field] ?? null;
    if (value !== null) content += `\0${field}\0${toText(value)}`;
  }
  return hash("sha256", content, "hex").slice(0, 32);
}

function toText(value: NonNullable<CallInput[keyof CallInput]>): string | number | boolean {
  if (value instanceof Date) return value.getTime();
  return typeof value === "object" ? canonicalJson(value) : value;
}
