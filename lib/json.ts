export type JsonPath = readonly (string | number)[];

/** Why a text was not taken as JSON; the message is fit for the sender. */
export class JsonError extends Error {}

/**
 * Parses JSON strictly, in time linear in its length: nesting is bounded before anything is built, and keys that occur
 * twice in one object (JSON.parse would silently drop the first) are found.
 * @returns the value, and the path of every repeated key.
 * @throws JsonError when it is no JSON or nested deeper than `maxDepth`.
 */
export function parseJson(text: string, maxDepth: number): { value: unknown; duplicateKeys: readonly JsonPath[] } {
  const colons = scan(text, maxDepth);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new JsonError(explain(error));
  }
  // As many colons as keys: nothing was dropped. The careful walk is for the rare text where something was.
  return { value, duplicateKeys: colons === countKeys(value) ? [] : findDuplicateKeys(text) };
}

/** Counts the colons outside strings and refuses depth. Not a parser: JSON.parse decides what is valid. */
function scan(text: string, maxDepth: number): number {
  let depth = 0;
  let colons = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22:
        i = endOfString(text, i);
        break;
      case 0x3a:
        colons++;
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > maxDepth) throw new JsonError(`nested deeper than ${maxDepth} levels`);
        break;
      case 0x5d:
      case 0x7d:
        depth--;
    }
  }
  return colons;
}

/** Index of the quote that closes the string opened at `start`; the end of the text when nothing closes it. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i;
    if (code === 0x5c) i++;
  }
  return text.length;
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countKeys(item), 0);
  const keys = Object.keys(value);
  let count = keys.length;
  for (const key of keys) count += countKeys((value as Record<string, unknown>)[key]);
  return count;
}

/** Walks the tokens of a text that JSON.parse has accepted. */
function findDuplicateKeys(text: string): JsonPath[] {
  const found: JsonPath[] = [];
  const path: (string | number)[] = [];
  const seen: (Set<string> | null)[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{},]/gs)) {
    if (token === "{" || token === "[") {
      seen.push(token === "{" ? new Set() : null);
      path.push(token === "{" ? "" : 0);
    } else if (token === "}" || token === "]") {
      seen.pop();
      path.pop();
    } else if (token === ",") {
      const last = path.at(-1);
      if (typeof last === "number") path[path.length - 1] = last + 1;
    } else if (token.endsWith(":")) {
      const key: string = JSON.parse(token.slice(0, -1));
      path[path.length - 1] = key;
      const keys = seen.at(-1);
      if (keys?.has(key)) found.push([...path]);
      keys?.add(key);
    }
  }
  return found;
}

/** V8's message quotes the input; keep only where, or at which character, it went wrong. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  if (/^(Unexpected end|Unterminated)/.test(message)) return "not valid JSON: the text ends too early";
  const [, token, position] = /^(?:Unexpected token '(.)'|.*at position (\d+))/s.exec(message) ?? [];
  if (token) return `not valid JSON: unexpected ${token}`;
  return position ? `not valid JSON at character ${position}` : "not valid JSON";
}

/**
 * The same text for the same content: keys sorted, null counting as absent.
 * @param value made of what JSON can hold, and Dates.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value)) ?? "null";
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const object = value as Readonly<Record<string, unknown>>;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    // Assigned under its own name, "__proto__" would set the prototype and vanish from the text.
    if (member !== null && member !== undefined) sorted[key === "__proto__" ? "\0__proto__" : key] = sortKeys(member);
  }
  return sorted;
}
