import type { FieldError } from "@/lib/period";

const PERIOD = ["period", "from", "to"];

/** The parameters that can be used; null where the address has none of those that are named, and leaving them out were no way on. */
export function withoutThem(params: URLSearchParams, errors: readonly FieldError[]): URLSearchParams | null {
  const rest = new URLSearchParams(params);
  for (const { path } of errors) {
    // One end of a period is no good without the other.
    for (const name of PERIOD.includes(path) ? PERIOD : [path]) rest.delete(name);
  }
  return errors.every(
    ({ path }) => params.has(path) || (PERIOD.includes(path) && PERIOD.some((one) => params.has(one))),
  )
    ? rest
    : null;
}
