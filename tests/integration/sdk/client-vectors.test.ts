import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseUsd } from "@/lib/money";
import { Spendtrace } from "@/sdk/src/node.js";
import { type Provider, startProvider } from "@/sdk/tests/support/provider-server.js";
import vectors from "@/tests/fixtures/pricing-vectors.json";
import { type ApiServer, startApiServer } from "@/tests/support/api-server";
import * as clients from "@/tests/support/ask-clients";

type Vector = Omit<(typeof vectors)[number], "usage"> & {
  usage: Record<string, unknown> & { stream_events?: clients.StreamEvent[] };
  flags: { location?: string; batch?: boolean };
  stop_reason?: string;
  expected: { reason?: string; notes?: string[] };
};

const WAYS = ["plain", "streamed"] as const;
const EVER = "from=2025-10-01&to=2026-12-01";

/** Names of the vectors → names of the API; each stands before `_tokens`. */
const KINDS = {
  input_fresh: "input",
  cache_write_5m: "cache_create_5m",
  cache_write_1h: "cache_create_1h",
  cache_read: "cache_read",
  output: "output",
} as const;

/** The real clients by which a vector can be asked, each plain and streamed. */
function clientsFor({ provider, usage, flags }: Vector): [string, clients.Ask][] {
  const both = (name: string, ask: (way: clients.Way) => clients.Ask) =>
    WAYS.map((way): [string, clients.Ask] => [`${name} ${way}`, ask(way)]);
  if (flags.batch || usage.service_tier === "batch") return [["anthropic batch", clients.anthropicBatch]];
  if (usage.stream_events) return [["anthropic streamed", clients.anthropic("streamed")]];
  if ("inputTokens" in usage) return both("ai bedrock converse", clients.aiBedrockConverse);
  if (provider === "bedrock") return both("ai bedrock invoke", clients.aiBedrockInvoke);
  if (provider === "vertex") return both("anthropic vertex", clients.anthropicVertex);
  if (provider === "google") return both("google genai", clients.googleGenai);
  if ("prompt_tokens" in usage) {
    return [...both("openai chat", clients.openaiChat), ...both("ai openai chat", clients.aiOpenaiChat)];
  }
  if (provider === "openai") {
    return [
      ...both("openai responses", clients.openaiResponses),
      ...both("ai openai responses", clients.aiOpenaiResponses),
    ];
  }
  return [...both("anthropic", clients.anthropic), ...both("ai anthropic", clients.aiAnthropic)];
}

const cases = (vectors as Vector[])
  .map((vector, index) => ({ vector, feature: `vector-${index}` }))
  .flatMap(({ vector, feature }) =>
    clientsFor(vector).map(([client, ask]) => ({ name: vector.name, vector, feature, client, ask })),
  )
  // Each is asked at its own time, and no clock goes back.
  .sort((a, b) => Date.parse(a.vector.at) - Date.parse(b.vector.at));

describe("the published pricing vectors, asked by real clients through the SDK", () => {
  let server: ApiServer;
  let provider: Provider;
  const rowsOf = new Map<string, Record<string, unknown>[]>();

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2025-10-01") });
    // Clients warn of models that are about to go.
    vi.spyOn(console, "warn").mockImplementation(() => {});
    [server, provider] = await Promise.all([startApiServer(), startProvider()]);
    const spendtrace = new Spendtrace({ endpoint: server.url, apiKey: server.key, deploySha: "9f8e7d6" });
    const fetch = spendtrace.fetch();
    for (const { vector, feature, client, ask } of cases) {
      vi.setSystemTime(vector.at);
      const { model, usage, at, stop_reason: stopReason, flags } = vector;
      const { stream_events: events } = usage;
      const question = { requestId: `${feature} ${client}`, model, usage, stopReason, events, at, ...flags };
      await spendtrace.run({ tenantId: client, feature }, () => ask(provider, fetch, question));
    }
    vi.setSystemTime("2026-11-21T12:00:00Z");
    expect(await spendtrace.shutdown(20_000)).toEqual({ sent: cases.length, pending: 0, dropped: 0 });
    for (const row of (await server.list(`${EVER}&limit=1000`)).body.calls) {
      const id = String(row.request_id);
      rowsOf.set(id, [row, ...(rowsOf.get(id) ?? [])]);
    }
  });

  afterAll(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    await Promise.all([server.close(), provider.stop()]);
  });

  test.each(cases)("$name: $client", ({ vector: { expected }, feature, client }) => {
    const rows = rowsOf.get(`${feature} ${client}`) ?? [];
    expect(rows.map((row) => [row.tenant_id, row.feature, row.source, row.status_code])).toEqual(
      rows.map(() => [client, feature, "sdk-js/0.1.0", 200]),
    );
    const sum = (field: string) => rows.reduce((total, row) => total + Number(row[field]), 0);
    for (const [theirs, ours] of Object.entries(KINDS)) {
      expect([ours, sum(`${ours}_tokens`)]).toEqual([ours, expected[theirs as keyof typeof KINDS]]);
    }
    if (!expected.priced || expected.cost_usd_picos === null) {
      expect(rows.map((row) => [row.pricing_status, row.pricing_reason])).toEqual([["unpriced", expected.reason]]);
      return;
    }
    const cost = rows.reduce((total, row) => total + parseUsd(String(row.cost_usd)), 0n);
    expect(cost).toBe(BigInt(expected.cost_usd_picos));
    const notes = rows.flatMap((row) => row.pricing_notes).filter((note) => note !== "price_change_day");
    expect(notes).toEqual(expected.notes);
  });

  test("the reports say the same of every client", async () => {
    for (const client of new Set(cases.map((one) => one.client))) {
      const tenant = encodeURIComponent(client);
      const { rows } = await server.report(
        `cost-by-feature?${EVER}&compare=none&filter.tenant=${tenant}&measures=cost_usd,calls`,
      );
      const said = Object.fromEntries(
        rows.map((row) => [row.feature, [parseUsd(String(row.cost_usd ?? "0")), row.calls]]),
      );
      const expected = cases
        .filter((one) => one.client === client)
        .map(({ feature, vector }) => [feature, [BigInt(vector.expected.cost_usd_picos ?? 0), 1]]);
      expect([client, said]).toEqual([client, Object.fromEntries(expected)]);
    }
  });
});
