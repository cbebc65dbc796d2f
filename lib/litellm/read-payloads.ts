import { HttpProblem } from "@/lib/http";
import { UnreadableCall } from "@/lib/ingest/read-batch";
import { MAX_CALLS } from "@/lib/ingest/schema";
import { JsonError, parseJson } from "@/lib/json";

/** Deep enough for the schemas of tools that a payload carries along. */
const MAX_DEPTH = 200;

/**
 * Splits a body into payloads: one object, an array, or one JSON text a line. LiteLLM names application/json for all three.
 * @throws HttpProblem 400 where nothing can be read, 413 above 5,000 payloads.
 */
export function readPayloads(text: string): readonly unknown[] {
  const payloads = parseWhole(text) ?? parseLines(text);
  if (payloads.length > MAX_CALLS) {
    const detail = `A request may carry at most ${MAX_CALLS} payloads; this one has ${payloads.length}.`;
    throw new HttpProblem(413, "Too many payloads", detail, { max_payloads: MAX_CALLS });
  }
  return payloads;
}

function parseWhole(text: string): readonly unknown[] | null {
  try {
    const { value } = parseJson(text, MAX_DEPTH);
    if (typeof value !== "object" || value === null) {
      throw new HttpProblem(400, "Unreadable body", "The body must be a StandardLoggingPayload, or a list of them.");
    }
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    if (text.trim().includes("\n")) return null;
    throw new HttpProblem(400, "Unreadable body", `The body is ${error.message}.`);
  }
}

function parseLines(text: string): readonly unknown[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    try {
      return parseJson(line, MAX_DEPTH).value;
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      return new UnreadableCall([{ path: "", message: `the line is ${error.message}` }]);
    }
  });
}
