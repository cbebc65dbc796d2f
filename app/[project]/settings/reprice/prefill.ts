import { dayBefore } from "@/lib/period";

/** What the form of a new run starts with. Days are UTC, both inclusive, as people write them. */
export type Prefill = Readonly<{ first: string; last: string /** One a line. */; models: string; reason: string }>;

type Params = Readonly<Record<string, string | string[] | undefined>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads `?from=&to=&models=&models=&reason=` of a link; `to` is exclusive there. Without days: this month so far.
 * What cannot be read is left out: the form shows what it starts with.
 */
export function readPrefill(params: Params, now: Date): Prefill {
  const today = now.toISOString().slice(0, 10);
  const from = dayOf(params.from);
  const to = dayOf(params.to);
  return {
    first: from ?? `${today.slice(0, 7)}-01`,
    last: to === null ? today : dayBefore(to),
    models: [params.models ?? []].flat().join("\n"),
    reason: [params.reason ?? ""].flat()[0] ?? "",
  };
}

function dayOf(param: string | string[] | undefined): string | null {
  const [day] = [param ?? []].flat();
  return day !== undefined && DAY.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
}
