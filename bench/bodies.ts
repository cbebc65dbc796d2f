import { sampleCalls } from "@/prisma/seed/sample-calls";
import type { CallBody } from "@/tests/support/calls";

/** Stands in a template where each request puts its own serial: endless new calls without endless memory. */
const MARK = "@@serial@@";

/** The last `count` calls of the sample data, none of them failed, so that every one is priced and stored. */
export function benchCalls(count: number): CallBody[] {
  const calls: CallBody[] = [];
  for (const { environment, body } of sampleCalls(new Date(), { days: 2, calls: count * 2 })) {
    if (environment === "production" && body.status_code === 200) calls.push(body);
  }
  return calls.slice(-count);
}

/** Bodies of `size` calls each, whose request ids hold the mark. */
export function bodyTemplates(calls: readonly CallBody[], size: number): string[] {
  const templates: string[] = [];
  for (let index = 0; index + size <= calls.length; index += size) {
    const batch = calls
      .slice(index, index + size)
      .map((call, place) => ({ ...call, request_id: `bench_${MARK}_${place}` }));
    templates.push(JSON.stringify(size === 1 ? batch[0] : { calls: batch }));
  }
  return templates;
}

let serial = 0;

/** A template with a serial never used before in this process. */
export function freshBody(templates: readonly string[]): string {
  serial += 1;
  return (templates[serial % templates.length] ?? "").replaceAll(MARK, `${process.pid}_${serial}`);
}
