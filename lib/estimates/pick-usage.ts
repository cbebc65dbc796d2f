type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The usage object inside what somebody pasted: a provider's whole response (`usage`, Gemini's `usageMetadata`) or the
 * object itself. Null for anything but an object.
 */
export function pickUsage(pasted: unknown): JsonObject | null {
  if (!isObject(pasted)) return null;
  const inside = pasted.usage ?? pasted.usageMetadata ?? pasted.usage_metadata;
  return isObject(inside) ? inside : pasted;
}
