import { type FieldMapping, MAPPED_FIELDS, type MappedField, type Mapping } from "@/lib/mapping/schema";

/** A mapping while it is being edited: the keys of a field as the lines of a text. */
export type MappingText = Readonly<Record<MappedField, Readonly<{ keys: string; fallback: string }>>>;

export function toText(mapping: Mapping): MappingText {
  return eachField((field) => ({ keys: mapping[field].keys.join("\n"), fallback: mapping[field].fallback ?? "" }));
}

/** Empty lines count for nothing; what the rest breaks is for the schema to say. */
export function toMapping(text: MappingText): Mapping {
  return eachField<FieldMapping>((field) => {
    const lines = text[field].keys.split("\n").map((line) => line.trim());
    return { keys: lines.filter((line) => line !== ""), fallback: text[field].fallback };
  });
}

function eachField<T>(make: (field: MappedField) => T): Record<MappedField, T> {
  return Object.fromEntries(MAPPED_FIELDS.map((field) => [field, make(field)])) as Record<MappedField, T>;
}
