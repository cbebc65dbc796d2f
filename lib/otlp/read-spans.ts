import type { Reading } from "@/lib/mapping/drafted-call";
import type { Mapping } from "@/lib/mapping/schema";
import type { Span } from "@/lib/otlp/record";
import { readSpan } from "@/lib/otlp/span-to-call";

/**
 * Reads the spans of one request, each call once: where two spans with usage stand one around the other (a gateway around its
 * provider, two instrumentations of one client), only the inner one counts. One reading for each span, in order.
 */
export function readSpans(spans: readonly Span[], mapping: Mapping): readonly Reading[] {
  const readings = spans.map((span) => readSpan(span, mapping));
  const wrapping = findWrapping(spans, readings);
  return readings.map((reading, index) =>
    reading.kind === "call" && reading.hasUsage && wrapping.has(keyOf(spans[index], "spanId"))
      ? { kind: "ignored", reason: "wraps_another_call" }
      : reading,
  );
}

/** The keys of all spans, sent or not, that stand around one with usage. */
function findWrapping(spans: readonly Span[], readings: readonly Reading[]): ReadonlySet<string> {
  const parents = new Map(spans.map((span) => [keyOf(span, "spanId"), span]));
  const wrapping = new Set<string>();
  for (const [index, reading] of readings.entries()) {
    if (reading.kind !== "call" || !reading.hasUsage) continue;
    let inner = spans[index];
    while (inner && inner.parentSpanId !== "" && inner.parentSpanId !== inner.spanId) {
      const key = keyOf(inner, "parentSpanId");
      // What stands around a known one is known; hostile ids that form a circle end here too.
      if (wrapping.has(key)) break;
      wrapping.add(key);
      inner = parents.get(key);
    }
  }
  return wrapping;
}

function keyOf(span: Span | undefined, id: "spanId" | "parentSpanId"): string {
  return span ? `${span.traceId}:${span[id]}` : "";
}
