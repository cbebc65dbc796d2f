import { MAPPED_FIELDS, type MappedField, type Mapping } from "@/lib/mapping/schema";

/** Attributes by their name; a value is what the format had there, unchecked. */
export type Attributes = ReadonlyMap<string, unknown>;

export type MappedValues = {
  /** What goes into the call: text, or what is no text, for the rule of the field to refuse. */
  values: Partial<Record<MappedField, unknown>>;
  /** The attribute that each came from; null for a fallback. */
  origins: Partial<Record<MappedField, string | null>>;
};

/**
 * Finds the fields of a call among the attributes that it came with.
 * @param sources nearest first, such as a span's own and then its resource's: a farther one is asked when the nearer has none of the keys
 */
export function mapAttributes(mapping: Mapping, sources: readonly Attributes[]): MappedValues {
  const mapped: MappedValues = { values: {}, origins: {} };
  for (const field of MAPPED_FIELDS) {
    const { keys, fallback } = mapping[field];
    const found = find(keys, sources);
    if (found) {
      mapped.values[field] = found.value;
      mapped.origins[field] = found.key;
    } else if (fallback !== null) {
      mapped.values[field] = fallback;
      mapped.origins[field] = null;
    }
  }
  return mapped;
}

function find(keys: readonly string[], sources: readonly Attributes[]): { key: string; value: unknown } | null {
  for (const attributes of sources) {
    for (const key of keys) {
      const value = attributes.get(key);
      if (value !== undefined && value !== null && value !== "") return { key, value: toText(value) };
    }
  }
  return null;
}

/** A number or a truth value names a tenant as well as its text does; a list does not. */
function toText(value: unknown): unknown {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean" ? String(value) : value;
}
