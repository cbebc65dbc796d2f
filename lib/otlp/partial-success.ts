import { type FieldError, type IngestResult, MAX_CALLS } from "@/lib/ingest/schema";
import type { DraftedCall } from "@/lib/mapping/drafted-call";

/** A call by the place and the name of the record that told of it. */
export type Named = Readonly<{ index: number; name: string; drafted: DraftedCall }>;

const MAX_NAMED = 20;
const MAX_NAME = 60;

/**
 * Says in one text which records were refused and by which rule, and which were taken although they contradict themselves or
 * without a field.
 * @param results of the calls in batches of MAX_CALLS, in order
 */
export function describeRejections(
  calls: readonly Named[],
  results: readonly IngestResult[],
): { rejected: number; message: string } {
  const refusals: string[] = [];
  const refused = new Set<Named | undefined>();
  for (const [batch, { rejected, conflicts }] of results.entries()) {
    for (const { index, errors } of rejected) {
      const call = calls[batch * MAX_CALLS + index];
      refused.add(call);
      refusals.push(`${nameRecord(call)}: ${nameRules(errors, call?.drafted)}`);
    }
    for (const { index, message } of conflicts)
      refusals.push(`${nameRecord(calls[batch * MAX_CALLS + index])}: ${message}`);
  }
  const taken = calls.filter((call) => !refused.has(call));
  const contradictions = taken
    .filter(({ drafted }) => drafted.contradiction !== null)
    .map((call) => `${nameRecord(call)}: ${call.drafted.contradiction}`);
  const leftOut = taken
    .filter(({ drafted }) => drafted.leftOut.length > 0)
    .map((call) => `${nameRecord(call)}: ${nameRules(call.drafted.leftOut, call.drafted)}`);
  const parts = [
    listed("refused", refusals),
    listed("taken although contradictory", contradictions),
    listed("taken without a field that breaks its rule", leftOut),
  ];
  return { rejected: refusals.length, message: parts.filter((part) => part !== "").join(" ") };
}

function listed(what: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const more = lines.length > MAX_NAMED ? `; and ${lines.length - MAX_NAMED} more` : "";
  return `${lines.length} ${what}: ${lines.slice(0, MAX_NAMED).join("; ")}${more}.`;
}

/** `#3 "chat claude-opus-5"`: its place in the request, from 0. */
function nameRecord(call: Named | undefined): string {
  const name = (call?.name ?? "").replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "�");
  return `#${call?.index} "${name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name}"`;
}

function nameRules(errors: readonly FieldError[], drafted: DraftedCall | undefined): string {
  return errors.map(({ path, message }) => `${nameField(path, drafted)} ${message}`).join(", ");
}

/** The field of the call with the attribute that filled it, which is what the sender knows. */
function nameField(path: string, drafted: DraftedCall | undefined): string {
  const origin = drafted?.origins[path.split(".")[0] ?? ""];
  return origin ? `${path} (${origin})` : path;
}
