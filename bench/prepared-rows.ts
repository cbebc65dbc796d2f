import { toCallLines } from "@/lib/ingest/call-rows";
import { normalizeUsage } from "@/lib/ingest/normalize";
import { callSchema } from "@/lib/ingest/schema";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import { inferPlatform } from "@/lib/pricing/platform";

/** What the server makes of a body before the statement: the rows as the JSON that the statement takes. */
export function preparedRows(body: string, projectId: number): string {
  const { calls } = JSON.parse(body) as { calls: unknown[] };
  const rows = calls.flatMap((sent, ord) => {
    const call = callSchema.parse(sent);
    const home = inferPlatform(call.model, call);
    const usage = normalizeUsage({ ...call, provider: home.provider });
    if (!usage.ok) throw new Error(JSON.stringify(usage.errors));
    const context = { ...home, occurredAt: call.occurred_at, location: null, stopReason: null, statusCode: 200 };
    const [first, ...others] = priceCall(usage.usage, context, LIST_PRICES);
    if (!first) throw new Error("a call without a priced line");
    const destination = { projectId, environment: "production" };
    const lines = toCallLines(destination, call, home, usage.usage, [first, ...others], LIST_PRICES.version);
    return lines.map((line) => ({ ord, ...line }));
  });
  return JSON.stringify(rows);
}
