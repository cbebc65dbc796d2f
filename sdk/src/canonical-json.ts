import type { Json } from "./plain-json.js";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The JSON Canonicalization Scheme (RFC 8785): no white space, members sorted by the UTF-16 code units of their names,
 * numbers and strings as ECMAScript writes them.
 * @param value what JSON.parse returns.
 * @throws where the RFC wants an error: a number that is not finite, half of a surrogate pair.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error("JSON has no such number");
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${quote(name)}:${canonicalJson(value[name] ?? null)}`).join(",")}}`;
}

function quote(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new Error("half of a surrogate pair is no character");
  return JSON.stringify(text);
}
