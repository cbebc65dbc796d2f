import { MAPPED_FIELDS, type Mapping } from "@/lib/mapping/schema";
import type { Wants } from "@/lib/otlp/record";

/** The attributes that a door reads itself, those that the mapping asks for, and those that say whose program it was. */
export function wantsOf(read: ReadonlySet<string>, mapping: Mapping): Wants {
  const mapped = MAPPED_FIELDS.flatMap((field) => mapping[field].keys);
  const wanted = new Set([...read, "service.name", "service.version", ...mapped]);
  return (attribute) => wanted.has(attribute);
}
