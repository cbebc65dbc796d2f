import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { type CheckContext, earliestCall } from "@/lib/ingest/check-call";
import { currentPrices } from "@/lib/pricing/current-prices";

/** What a call of this project would be checked and priced by if it came now: for showing what would become of it. */
export async function checkContext(scope: Scope): Promise<CheckContext> {
  const at = now();
  return { prices: await currentPrices(scope), now: at, earliest: earliestCall(at, env().SPENDTRACE_RETENTION_MONTHS) };
}
