import type { Scope } from "@/lib/auth/scope";
import { type ClientReport, clientReportSchema } from "@/lib/clients/schema";
import { recordClientReport } from "@/lib/clients/write";
import { SDK } from "./request";
import { CACHE_LOST_SHA } from "./stories/cache-lost";
import { before } from "./story";

const MINUTE_MS = 60_000;
const WORKER = "5a3d1c52-0f1e-4b7a-9f55-6f2f6a1d8e01";
const TESTER = "b7c0f0de-93f4-4f0b-8a5a-2f1f6c7b9d02";

type Told = Readonly<Partial<Pick<ClientReport, "dropped" | "rate_limits">> & { clientId: string; skewMs?: number }>;

/** Two clients: the one of production lost calls in a short outage two days ago, the clock of the one on staging is ahead. */
export async function tellClients(scope: Scope, now: Date): Promise<void> {
  const sequences = new Map<string, number>();
  const tell = async (environment: string, at: Date, { clientId, skewMs = 180, ...told }: Told) => {
    const sequence = (sequences.get(clientId) ?? 0) + 1;
    sequences.set(clientId, sequence);
    const report = {
      ...{ client_id: clientId, sequence, sdk: SDK, runtime: "node 22.12.0", deploy_sha: CACHE_LOST_SHA },
      sent_at: new Date(at.getTime() + skewMs).toISOString(),
      dropped: Object.fromEntries(told.dropped ?? []),
      rate_limits: told.rate_limits,
    };
    await recordClientReport(scope, environment, clientReportSchema.parse(report), at);
  };
  const outage = before(now, 1, 20);
  await tell("production", before(now, 2, 5), { clientId: WORKER });
  await tell("production", outage, {
    clientId: WORKER,
    dropped: new Map([
      ["queue_full", 214],
      ["too_large", 2],
    ]),
  });
  await tell("production", new Date(outage.getTime() + 2 * MINUTE_MS), {
    clientId: WORKER,
    dropped: new Map([["queue_full", 61]]),
  });
  await tell("staging", before(now, 0, 26), { clientId: TESTER, skewMs: 7 * MINUTE_MS });
  await tell("staging", before(now, 0, 3), {
    clientId: TESTER,
    skewMs: 7 * MINUTE_MS + 12_000,
    rate_limits: { "claude-haiku-5-5": { requests_limit: 1_000, requests_remaining: 998 } },
  });
  await tell("production", new Date(now.getTime() - MINUTE_MS), {
    clientId: WORKER,
    rate_limits: {
      "claude-opus-5-5": limits(4_000, 3_871, 2_000_000, 412_000, 400_000, 366_000),
      "claude-sonnet-5-5": limits(4_000, 3_902, 4_000_000, 3_610_000, 800_000, 771_000),
    },
  });
}

function limits(requests: number, left: number, input: number, inputLeft: number, output: number, outputLeft: number) {
  return {
    ...{ requests_limit: requests, requests_remaining: left },
    ...{ input_tokens_limit: input, input_tokens_remaining: inputLeft },
    ...{ output_tokens_limit: output, output_tokens_remaining: outputLeft },
  };
}
