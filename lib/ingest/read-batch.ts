import { HttpProblem } from "@/lib/http";
import { type FieldError, MAX_CALLS, MAX_DEPTH } from "@/lib/ingest/schema";
import { JsonError, type JsonPath, parseJson } from "@/lib/json";

/** Stands in a batch where a call should be that could not be read unambiguously. */
export class UnreadableCall {
  readonly errors: readonly FieldError[];
  /** What could be read, for the request id in the answer. */
  readonly value: unknown;

  constructor(errors: readonly FieldError[], value: unknown = null) {
    this.errors = errors;
    this.value = value;
  }
}

const JSON_TYPES = new Set(["", "application/json", "text/json"]);
const NDJSON_TYPES = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonl",
]);

/**
 * Splits a body into calls, not yet checked: `{"calls":[…]}`, a bare array, one object, or one JSON text a line.
 * A call that is broken by itself (a bad line, a key sent twice) becomes an `UnreadableCall`, the others stay.
 * @param list what they are called where they are not calls: `outcomes`, `deploys`.
 * @throws HttpProblem 400 where the whole body is unreadable, 413 above 5,000 calls, 415 for another content type.
 */
export function readBatch(text: string, contentType: string | null, list = "calls"): unknown[] {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  let calls: unknown[];
  if (NDJSON_TYPES.has(type)) calls = readLines(text);
  else if (JSON_TYPES.has(type) || type.endsWith("+json")) calls = readJson(text, list);
  else {
    throw new HttpProblem(
      415,
      "Unsupported content type",
      `Content-Type "${type.slice(0, 100)}" is not understood: send application/json or application/x-ndjson.`,
    );
  }
  if (calls.length > MAX_CALLS) {
    const detail = `A request may carry at most ${MAX_CALLS} ${list}; this one has ${calls.length}. Send them in smaller batches.`;
    throw new HttpProblem(413, `Too many ${list}`, detail, { [`max_${list}`]: MAX_CALLS });
  }
  return calls;
}

function readLines(text: string): unknown[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    try {
      const { value, duplicateKeys } = parseJson(line, MAX_DEPTH);
      return duplicateKeys.length > 0 ? new UnreadableCall(duplicateKeys.map(toFieldError), value) : value;
    } catch (error) {
      if (error instanceof JsonError)
        return new UnreadableCall([{ path: "", message: `the line is ${error.message}` }]);
      throw error;
    }
  });
}

function readJson(text: string, list: string): unknown[] {
  const { value, duplicateKeys } = parseOrRefuse(text);
  let calls: unknown[];
  let prefix: JsonPath;
  if (Array.isArray(value)) [calls, prefix] = [[...value], []];
  else if (typeof value !== "object" || value === null) {
    throw unreadable(`The body must be {"${list}":[…]}, an array of ${list}, or one ${list.slice(0, -1)}.`);
  } else if (!(list in value)) {
    return [duplicateKeys.length > 0 ? new UnreadableCall(duplicateKeys.map(toFieldError), value) : value];
  } else {
    const listed = (value as Record<string, unknown>)[list];
    if (!Array.isArray(listed)) throw unreadable(`"${list}" must be an array.`);
    [calls, prefix] = [[...listed], [list]];
  }

  const broken = new Map<number, FieldError[]>();
  for (const path of duplicateKeys) {
    const index = path[prefix.length];
    if (typeof index !== "number") throw unreadable(`"${path.join(".")}" occurs more than once.`);
    const errors = broken.get(index) ?? [];
    errors.push(toFieldError(path.slice(prefix.length + 1)));
    broken.set(index, errors);
  }
  for (const [index, errors] of broken) calls[index] = new UnreadableCall(errors, calls[index]);
  return calls;
}

function parseOrRefuse(text: string): ReturnType<typeof parseJson> {
  try {
    return parseJson(text, MAX_DEPTH);
  } catch (error) {
    if (error instanceof JsonError) throw unreadable(`The body is ${error.message}.`);
    throw error;
  }
}

function unreadable(detail: string): HttpProblem {
  return new HttpProblem(400, "Unreadable body", detail);
}

function toFieldError(path: JsonPath): FieldError {
  return { path: path.join("."), message: "occurs more than once in its object" };
}
