export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const MAX_DEPTH = 16;
const MAX_NODES = 2_000;
const MAX_TEXT = 1_000;

/**
 * A copy of anything that JSON can hold, made in bounded time and space: text is cut at 1,000 characters (a provider's
 * usage holds no more), a BigInt becomes a number, what JSON has no word for is left out.
 * Throws on what is deeper than 16 levels or has more than 2,000 values, as a cycle has, and whatever a getter throws.
 */
export function plainJson(value: unknown): Json | undefined {
  let left = MAX_NODES;

  function copy(value: unknown, depth: number): Json | undefined {
    if (--left < 0) throw new Error("has too many values");
    switch (typeof value) {
      case "string":
        return value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value;
      case "number":
        return Number.isFinite(value) ? value : undefined;
      case "bigint":
        return Number(value);
      case "boolean":
        return value;
      case "object":
        return value === null ? null : copyObject(value, depth + 1);
      default:
        return undefined;
    }
  }

  function copyObject(value: object, depth: number): Json {
    if (depth > MAX_DEPTH) throw new Error("is too deep");
    if (ArrayBuffer.isView(value)) throw new Error("holds bytes");
    if (value instanceof Date) return value.toISOString();
    if (Array.isArray(value)) {
      const copies: Json[] = [];
      for (let index = 0; index < value.length; index++) copies.push(copy(value[index], depth) ?? null);
      return copies;
    }
    const copies: [string, Json][] = [];
    for (const key of Object.keys(value)) {
      const child = copy((value as Record<string, unknown>)[key], depth);
      if (child !== undefined) copies.push([key.slice(0, MAX_TEXT), child]);
    }
    return Object.fromEntries(copies);
  }

  return copy(value, 0);
}
