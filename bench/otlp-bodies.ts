import { normalizeUsage } from "@/lib/ingest/normalize";
import { inferPlatform } from "@/lib/pricing/platform";
import type { CallBody } from "@/tests/support/calls";
import { type SpanBody, tracesInProtobuf } from "@/tests/support/otlp-bodies";

/** Stands in a body for the trace id, where each request writes its own serial. */
const TRACE = "5b8efff798038103d269b633813fc60c";

/** A body in protobuf, and where in it the trace ids are. */
type Template = Readonly<{ bytes: Buffer; places: readonly number[] }>;

/** The same calls as spans, `size` a request, as an exporter of the GenAI conventions writes them. */
export function traceTemplates(calls: readonly CallBody[], size: number): Template[] {
  const templates: Template[] = [];
  for (let index = 0; index + size <= calls.length; index += size) {
    const spans = calls.slice(index, index + size).map(toSpan);
    const resource = { "service.name": "bench", "service.version": "1.0.0" };
    const bytes = Buffer.from(tracesInProtobuf({ resource, spans }));
    templates.push({ bytes, places: placesOf(bytes, Buffer.from(TRACE, "hex")) });
  }
  return templates;
}

let serial = 0;

/** A body whose trace ids were never used before in this process. */
export function freshTraces(templates: readonly Template[]): Buffer {
  serial += 1;
  const template = templates[serial % templates.length];
  if (!template) throw new Error("no templates");
  const bytes = Buffer.from(template.bytes);
  for (const place of template.places) bytes.writeUIntBE(process.pid * 2 ** 24 + serial, place, 6);
  return bytes;
}

function toSpan(call: CallBody, place: number): SpanBody {
  const { provider } = inferPlatform(call.model);
  const normalized = normalizeUsage({ ...call, provider });
  const tokens = normalized.ok ? normalized.usage.parts[0]?.tokens : undefined;
  if (!tokens) throw new Error("a call of the bench that is none");
  const { input, cacheCreate5m, cacheCreate1h, cacheRead, output } = tokens;
  const written = cacheCreate5m + cacheCreate1h;
  return {
    name: `chat ${call.model}`,
    traceId: TRACE,
    spanId: (place + 1).toString(16).padStart(16, "0"),
    start: new Date(call.occurred_at),
    ms: call.latency_ms,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": provider,
      "gen_ai.request.model": call.model,
      "gen_ai.response.model": call.model,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": input + written + cacheRead,
      "gen_ai.usage.output_tokens": output,
      "gen_ai.usage.cache_read.input_tokens": cacheRead,
      "gen_ai.usage.cache_creation.input_tokens": written,
      "tenant.id": call.tenant_id,
      feature: call.feature,
      deploy_sha: call.deploy_sha,
    },
  };
}

function placesOf(bytes: Buffer, mark: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length)) places.push(at);
  return places;
}
