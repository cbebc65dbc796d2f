import { z } from "zod";

/** Formats of others, whose senders name tenants and features each in their own way. */
export const MAPPED_DOORS = ["otlp", "claude-code", "litellm"] as const;
export type MappedDoor = (typeof MAPPED_DOORS)[number];

/** The fields of a call that no format of others has a fixed name for. */
export const MAPPED_FIELDS = ["tenant_id", "feature", "deploy_sha", "user_id", "session_id", "task_id"] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/** Fields that every call has: without an attribute they take the fallback. */
export const REQUIRED_FIELDS: ReadonlySet<MappedField> = new Set(["tenant_id", "feature"]);

/** The attributes that may hold a field, the first one that is there counts; and what it is when none is. */
export type FieldMapping = Readonly<{ keys: readonly string[]; fallback: string | null }>;
export type Mapping = Readonly<Record<MappedField, FieldMapping>>;

export const MAX_KEYS = 20;
const MAX_KEY = 200;
const UNSTORABLE = /[\0\p{Surrogate}]/u;

const key = z
  .string()
  .trim()
  .min(1, "An attribute needs a name")
  .max(MAX_KEY, `An attribute's name has at most ${MAX_KEY} characters`)
  .refine((text) => !UNSTORABLE.test(text), "An attribute's name must not contain NUL or an unpaired surrogate");

const keys = z
  .array(key)
  .max(MAX_KEYS, `At most ${MAX_KEYS} attributes`)
  .refine((list) => new Set(list).size === list.length, "Name each attribute once");

function fallback(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max} characters`)
    .refine((text) => !UNSTORABLE.test(text), "Must not contain NUL or an unpaired surrogate");
}

const required = z.strictObject({ keys, fallback: fallback(128).min(1, "Every call needs one: say which") });
const optional = (max: number) =>
  z.strictObject({
    keys,
    fallback: fallback(max)
      .transform((text) => text || null)
      .nullable(),
  });

/** The fields of a mapping as the settings page sends it and as it is stored. */
export const mappingShape = {
  tenant_id: required,
  feature: required,
  deploy_sha: optional(64),
  user_id: optional(128),
  session_id: optional(128),
  task_id: optional(128),
};

export const mappingSchema: z.ZodType<Mapping> = z.strictObject(mappingShape);
