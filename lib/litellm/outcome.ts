import { isObject } from "@/lib/litellm/payload-attributes";
import { failedAttempt } from "@/lib/mapping/drafted-call";

type JsonObject = Readonly<Record<string, unknown>>;

/** Errors of LiteLLM's own, to which it gives the status 500 or 408 although no answer came. */
const UNANSWERED = new Set(["APIConnectionError", "Timeout"]);

/**
 * What the end of a call adds to its fields. A stream that broke tells the least that it was; a picture or a voice, billed by other
 * units, a cost that LiteLLM alone knows.
 * @param told what holds `error_information`
 */
export function outcomeFields(isFailure: boolean, hasUsage: boolean, told: JsonObject): Record<string, unknown> {
  if (isFailure && !hasUsage) return failedAttempt(statusOf(told));
  return isFailure || !hasUsage ? { incomplete: true } : {};
}

/** The HTTP status by which the provider refused; null where no answer came, or nobody knows. */
function statusOf({ error_information: information }: JsonObject): number | null {
  if (!isObject(information) || UNANSWERED.has(String(information.error_class))) return null;
  const status = Number(information.error_code);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : null;
}
