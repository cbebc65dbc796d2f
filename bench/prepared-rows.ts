import { toColumns } from "@/lib/calls/write-statement";
import { toCallLines } from "@/lib/ingest/call-rows";
import { normalizeUsage } from "@/lib/ingest/normalize";
import { callSchema } from "@/lib/ingest/schema";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import { inferPlatform } from "@/lib/pricing/platform";

/** What the server makes of a body before the statement: the columns that the statement takes, as JSON. */
export function preparedRows(body: string, projectId: number): string {
  const { calls } = JSON.parse(body) as { calls: unknown[] };
  const rows = calls.map((sent) => {
    const call = callSchema.parse(sent);
    const home = inferPlatform(call.model, call);
    const usage = normalizeUsage({ ...call, provider: home.provider });
    if (!usage.ok) throw new Error(JSON.stringify(usage.errors));
    const context = { ...home, occurredAt: call.occurred_at, location: null, stopReason: null, statusCode: 200 };
    const [first, ...others] = priceCall(usage.usage, context, LIST_PRICES);
    if (!first) throw new Error("a call without a priced line");
    const destination = { projectId, environment: "production" };
    return toCallLines(destination, call, home, usage.usage, [first, ...others], LIST_PRICES.version);
  });
  return JSON.stringify(toColumns(rows));
}
