import { isUnstorable, UNSTORABLE_MESSAGE } from "@/lib/ingest/field-rules";
import type { FieldError } from "@/lib/ingest/schema";
import { TOKEN_KINDS, type TokenCounts, type UsagePart } from "@/lib/pricing/schema";

/** Keeps integer columns and 64-bit costs from overflowing; no model reads or writes that much at once. */
export const MAX_TOKENS = 1_000_000_000;
/** A search costs as much as thousands of tokens, so its bound is lower. */
export const MAX_WEB_SEARCHES = 1_000_000;

export type JsonObject = Readonly<Record<string, unknown>>;

/** What one provider's usage object says, before the fields of the call are added. Null: it does not say. */
export type ReadUsage = {
  parts: UsagePart[];
  webSearchRequests: number | null;
  serviceTier: string | null;
  speed: string | null;
  inferenceGeo: string | null;
  notes: string[];
};

export const NO_TOKENS: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    input: a.input + b.input,
    cacheCreate5m: a.cacheCreate5m + b.cacheCreate5m,
    cacheCreate1h: a.cacheCreate1h + b.cacheCreate1h,
    cacheRead: a.cacheRead + b.cacheRead,
    output: a.output + b.output,
  };
}

/** Tokens by kind, summed over all parts. */
export function sumParts(parts: readonly UsagePart[]): TokenCounts {
  return parts.reduce((sum, part) => addTokens(sum, part.tokens), NO_TOKENS);
}

/** How a refused value reads in an error: "got -3". */
export function got(value: unknown): string {
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return `got ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}

/** Reads the fields of a usage object and gathers what is wrong with them, each with its path. */
export class UsageReader {
  readonly errors: FieldError[] = [];

  fail(path: string, message: string): void {
    this.errors.push({ path, message });
  }

  /** An integer from 0 to `max`; absent and null are null. What breaks the rule is an error and reads as null. */
  optionalCount(object: JsonObject, key: string, path: string, max = MAX_TOKENS): number | null {
    const value = object[key];
    if (value === undefined || value === null) return null;
    if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max) return value;
    this.fail(path === "" ? key : `${path}.${key}`, `must be an integer from 0 to ${max}, ${got(value)}`);
    return null;
  }

  count(object: JsonObject, key: string, path: string, max = MAX_TOKENS): number {
    return this.optionalCount(object, key, path, max) ?? 0;
  }

  requiredCount(object: JsonObject, key: string, path: string): number {
    const value = object[key];
    if (value === undefined || value === null) this.fail(`${path}.${key}`, "is required");
    return this.count(object, key, path);
  }

  text(object: JsonObject, key: string, path: string, max = 64): string | null {
    const value = object[key];
    if (value === undefined || value === null) return null;
    if (typeof value !== "string" || value === "" || value.length > max) {
      this.fail(`${path}.${key}`, `must be text of 1 to ${max} characters, ${got(value)}`);
      return null;
    }
    if (isUnstorable(value)) this.fail(`${path}.${key}`, UNSTORABLE_MESSAGE);
    return value;
  }

  object(object: JsonObject, key: string, path: string): JsonObject | null {
    const value = object[key];
    if (value === undefined || value === null) return null;
    if (isObject(value)) return value;
    this.fail(`${path}.${key}`, `must be an object, ${got(value)}`);
    return null;
  }

  objects(object: JsonObject, key: string, path: string): readonly JsonObject[] {
    const value = object[key];
    if (value === undefined || value === null) return [];
    if (Array.isArray(value) && value.every(isObject)) return value;
    this.fail(`${path}.${key}`, `must be a list of objects, ${got(value)}`);
    return [];
  }

  /** Fresh input of a provider that counts cached tokens inside its prompt figure. */
  rest(path: string, total: number, ...subsets: readonly number[]): number {
    const fresh = subsets.reduce((left, part) => left - part, total);
    if (fresh >= 0) return fresh;
    this.fail(path, `must not be less than the cached tokens that are a part of it: ${total} < ${total - fresh}`);
    return 0;
  }

  /** Sums must stay within bounds too. */
  checkTotals(parts: readonly UsagePart[]): void {
    const total = sumParts(parts);
    for (const kind of TOKEN_KINDS) {
      if (total[kind] > MAX_TOKENS)
        this.fail("usage", `${kind} tokens must sum to at most ${MAX_TOKENS}, got ${total[kind]}`);
    }
  }
}
