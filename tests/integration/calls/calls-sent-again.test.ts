import { beforeAll, describe, expect, it, vi } from "vitest";
import { toCallEvent } from "@/lib/calls/curl";
import { isFirstOfPrefix } from "@/lib/calls/first-of-prefix";
import { parseCallsQuery } from "@/lib/calls/query";
import { type Call, listCalls } from "@/lib/calls/read";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { emptyProject, type Sketch, store } from "@/tests/support/call-rows";
import { anthropicUsage, buildCall } from "@/tests/support/calls";

const NOW = new Date("2026-11-21T12:00:00Z");

async function allOf(scope: CallsApi["scope"]): Promise<readonly Call[]> {
  const parsed = parseCallsQuery(new URLSearchParams("period=90d"), NOW);
  if (!parsed.ok) throw new Error("a query");
  return (await listCalls(scope, parsed.query)).calls;
}

describe("a call as an event", () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  });

  it("costs the same on another server, and changes nothing where it is known", async () => {
    const [here, there] = [await createCallsApi(), await createCallsApi()];
    await here.post([
      buildCall({
        request_id: "it's; $(here)",
        occurred_at: "2026-11-20T10:00:00.123Z",
        usage: anthropicUsage({ input: 100, write5m: 4000, read: 50, output: 20 }),
        session_id: "s",
        max_tokens: 300,
        ttft_ms: 12,
      }),
      buildCall({ request_id: "refused", occurred_at: "2026-11-20T11:00:00Z", status_code: 529, attempt: 2 }),
    ]);
    const stored = await allOf(here.scope);
    const events = stored.map(toCallEvent);
    expect(await there.post(events)).toMatchObject({ body: { accepted: 2, rejected: [], conflicts: [] } });
    const costs = (calls: readonly Call[]) => calls.map((call) => [call.requestId, call.costUsdPicos, call.ttftMs]);
    expect(costs(await allOf(there.scope))).toEqual(costs(stored));
    expect(await here.post(events)).toMatchObject({ body: { accepted: 0, rejected: [] } });
    expect(await allOf(here.scope)).toEqual(stored);
  });
});

describe("a prefix", () => {
  it("is new where its feature did not send it to this model in the hour before", async () => {
    const scope = emptyProject();
    const sent = (request_id: string, time: string, prefix_hash: string | null, more: Sketch = {}) =>
      ({ request_id, occurred_at: `2026-11-10T${time}.000Z`, prefix_hash, ...more }) as const;
    await store(scope, [
      sent("first", "10:00:00", "aa"),
      sent("an hour later", "11:00:00", "aa"),
      sent("over an hour later", "12:00:01", "aa"),
      sent("to another model", "12:00:02", "aa", { model: "claude-opus-5-5" }),
      sent("of another feature", "12:00:03", "aa", { feature: "agent-run" }),
      sent("other", "12:00:04", "bb"),
      sent("without", "12:00:05", null),
    ]);
    const found = await Promise.all(
      (await allOf(scope)).map(async (call) => [call.requestId, await isFirstOfPrefix(scope, call)]),
    );
    expect(Object.fromEntries(found)).toEqual({
      first: true,
      "an hour later": false,
      "over an hour later": true,
      "to another model": true,
      "of another feature": true,
      other: true,
      without: false,
    });
  });
});
