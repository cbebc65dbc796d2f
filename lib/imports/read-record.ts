import { withDefaults } from "@/lib/imports/read-row";
import { compact, isObject, type JsonObject, type Outcome, type ReadOptions, textOf } from "@/lib/imports/schema";
import { callSchema, MAX_DEPTH } from "@/lib/ingest/schema";
import { JsonError, parseJson } from "@/lib/json";

const NO_OBJECT = { errors: [{ path: "", message: "is no JSON object" }] };

/** One line of calls in the shape of POST /api/v1/calls. Only the fields of a call are kept: nothing else leaves the reader. */
export function callLineReader(options: ReadOptions) {
  const toOutcome = callReader(options);
  return (text: string): Outcome => {
    try {
      const { value, duplicateKeys } = parseJson(text, MAX_DEPTH);
      if (duplicateKeys.length === 0) return toOutcome(value);
      const message = "occurs more than once in its object";
      return { errors: duplicateKeys.map((path) => ({ path: path.join("."), message })) };
    } catch (error) {
      if (error instanceof JsonError) return { errors: [{ path: "", message: `the line is ${error.message}` }] };
      throw error;
    }
  };
}

/** The same for a value that was parsed already. */
export function callReader({ defaults }: ReadOptions) {
  const fields = Object.keys(callSchema.shape);
  return (value: unknown): Outcome => {
    if (!isObject(value)) return NO_OBJECT;
    const call: Record<string, unknown> = {};
    for (const field of fields) call[field] = value[field];
    return { call: withDefaults(call, defaults, "import/calls") };
  };
}

/** A line of another program's JSONL, whose nesting and repeated keys are its own affair. */
export function jsonLine(toOutcome: (value: unknown) => Outcome) {
  return (text: string): Outcome => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { errors: [{ path: "", message: "the line is not valid JSON" }] };
    }
    return toOutcome(value);
  };
}

/** Members of an Anthropic usage object that decide a price. */
const USAGE = [
  "input_tokens",
  "output_tokens",
  "cache_creation_input_tokens",
  "cache_read_input_tokens",
  "cache_creation",
  "server_tool_use",
  "service_tier",
  "speed",
  "inference_geo",
  "iterations",
] as const;

/** An Anthropic usage object without members that say nothing. */
export function pickAnthropicUsage(usage: JsonObject): JsonObject {
  return compact(
    Object.fromEntries(USAGE.map((name) => [name, usage[name] === "" ? undefined : (usage[name] ?? undefined)])),
  );
}

/**
 * One result of a Message Batches file. What came to nothing (errored, canceled, expired) is not billed and skipped. The file does not
 * say when: all calls get the time of the options. `custom_id` becomes the task, and any field that the mapping takes from it.
 */
export function batchResultReader({ defaults, at, mapping }: ReadOptions) {
  const named = Object.entries(mapping ?? {}).flatMap(([field, name]) => (name === "custom_id" ? [field] : []));
  return (value: unknown): Outcome => {
    if (!isObject(value) || !isObject(value.result)) return { errors: [{ path: "result", message: "is required" }] };
    const { type, message } = value.result;
    if (BATCH_ENDS.has(type)) return { skipped: `batch entry ${type}` };
    if (type !== "succeeded" || !isObject(message)) {
      return {
        errors: [{ path: "result", message: "must be succeeded with a message, errored, canceled or expired" }],
      };
    }
    const id = textOf(value.custom_id);
    const call = {
      occurred_at: at ?? undefined,
      request_id: textOf(message.id) ?? id,
      task_id: id,
      model: message.model,
      usage: isObject(message.usage) ? pickAnthropicUsage(message.usage) : undefined,
      service_tier: "batch",
      stop_reason: textOf(message.stop_reason),
      ...Object.fromEntries(named.map((field) => [field, id])),
    };
    return { call: withDefaults(compact(call), defaults, "import/message-batch") };
  };
}

const BATCH_ENDS: ReadonlySet<unknown> = new Set(["errored", "canceled", "expired"]);
