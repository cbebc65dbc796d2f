import type { Instrumentation } from "@/lib/otlp/record";

/** Counts as a span or an event tells them; null where it does not. */
export type ToldCounts = Readonly<{
  input: number | null;
  output: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
  total: number | null;
}>;

export type Convention = "inclusive" | "exclusive" | "inferred";

/** Disjoint counts, how they were told, and what about them does not add up. */
export type DisjointCounts = Readonly<{
  input: number | null;
  output: number | null;
  convention: Convention;
  contradiction: string | null;
}>;

/**
 * Whether an instrumentation leaves cached tokens out of its input, against the convention, by which "input_tokens" are all of
 * them. OpenLLMetry's for Anthropic does up to 0.27.0; the sum is in its repository since June 2026, and in no release yet.
 */
export function isExclusive({ name, version }: Readonly<Instrumentation>): boolean {
  return name === "@traceloop/instrumentation-anthropic" && /^(0\.([01]?\d|2[0-6])\..*|0\.27\.0)?$/.test(version);
}

/**
 * Takes cached tokens out of an inclusive input. An input that is smaller than its cached tokens cannot be inclusive, whatever the
 * scope; a total that only the exclusive reading explains tells the same. Both are inferred. What no reading explains is named.
 */
export function toDisjoint(told: ToldCounts, scope: Readonly<Instrumentation>): DisjointCounts {
  const cached = (told.cacheRead ?? 0) + (told.cacheWrite ?? 0);
  const convention = conventionOf(told, cached, scope);
  const input = told.input !== null && convention === "inclusive" ? told.input - cached : told.input;
  // Some leave reasoning out of the output, and only their total tells.
  const isReasoningApart = told.reasoning !== null && told.reasoning > 0 && told.total === sumOf(told) + told.reasoning;
  const output = told.output !== null && isReasoningApart ? told.output + (told.reasoning ?? 0) : told.output;
  return { input, output, convention, contradiction: contradictionOf(told, cached, convention) };
}

function sumOf({ input, output }: ToldCounts): number {
  return (input ?? 0) + (output ?? 0);
}

function conventionOf(told: ToldCounts, cached: number, scope: Readonly<Instrumentation>): Convention {
  if (isExclusive(scope)) return "exclusive";
  if (told.input !== null && told.input < cached) return "inferred";
  const isReasoningApart = told.reasoning === cached;
  return cached > 0 && told.total === sumOf(told) + cached && !isReasoningApart ? "inferred" : "inclusive";
}

function contradictionOf(told: ToldCounts, cached: number, convention: Convention): string | null {
  const { input, output, reasoning, total } = told;
  if (input === null || output === null || total === null) return null;
  const sum = input + output;
  if (convention === "inferred" && cached > 0 && total === sum) {
    return `input ${input} is less than the ${cached} cached tokens that its total ${total} counts inside: read as fresh input only`;
  }
  const isExplained = total === sum || total === sum + cached || total === sum + (reasoning ?? 0);
  return isExplained
    ? null
    : `total ${total} is not explained by input ${input}, cached ${cached} and output ${output}`;
}
