import type { Attributes } from "@/lib/mapping/map-attributes";
import { MAPPED_FIELDS, type Mapping } from "@/lib/mapping/schema";

type JsonObject = Readonly<Record<string, unknown>>;

/** Where a mapping may look. `messages` and `response` are not among them: no setting leads to what was said. */
const ROOTS = [
  "metadata",
  "request_tags",
  "end_user",
  "trace_id",
  "session_id",
  "model_group",
  "model_id",
  "call_type",
  "api_base",
];

/**
 * What a payload has under the keys of a mapping, each a path such as `metadata.user_api_key_team_id`. Tags of the form
 * `name:value` or `name=value` are found as `request_tags.name`.
 */
export function payloadAttributes(payload: JsonObject, mapping: Mapping): Attributes {
  const attributes = new Map<string, unknown>();
  for (const key of MAPPED_FIELDS.flatMap((field) => mapping[field].keys)) {
    const value = find(payload, key);
    if (value !== undefined) attributes.set(key, value);
  }
  return attributes;
}

function find(payload: JsonObject, key: string): unknown {
  const [root = "", ...rest] = key.split(".");
  if (!ROOTS.includes(root)) return undefined;
  if (root === "request_tags" && rest.length > 0) return findTag(payload.request_tags, rest.join("."));
  let value: unknown = payload;
  for (const name of [root, ...rest]) {
    const holder = typeof value === "string" ? parse(value) : value;
    if (!isObject(holder) || !Object.hasOwn(holder, name)) return undefined;
    value = holder[name];
  }
  return value;
}

function findTag(tags: unknown, name: string): string | undefined {
  if (!Array.isArray(tags)) return undefined;
  const prefixes = [`${name}:`, `${name}=`];
  for (const tag of tags) {
    const prefix = typeof tag === "string" ? prefixes.find((start) => tag.startsWith(start)) : undefined;
    if (prefix) return String(tag).slice(prefix.length).trim();
  }
  return undefined;
}

/** Metadata that was logged as JSON text. */
function parse(text: string): unknown {
  if (!text.startsWith("{")) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
