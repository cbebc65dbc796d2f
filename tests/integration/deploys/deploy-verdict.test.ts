import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/api/v1/deploys/[sha]/verdict/route";
import { createApiKey } from "@/lib/auth/api-keys";
import { NOW, type Sketch, store } from "../../support/call-rows";
import { createProject } from "../../support/project";

vi.mock("@/lib/clock", () => ({ now: () => NOW }));

const HOUR = 3_600_000;
const START = Date.parse("2026-11-20T00:30:00.000Z");
/** Whole dollars in picodollars. */
const usd = (amount: number) => BigInt(amount) * 1_000_000_000_000n;

/** Five calls in each of `hours` hours from `from` on, at `cost` dollars, every other one a dollar dearer and cheaper. */
function hourly(from: number, hours: number, cost: number, given: Sketch = {}): Sketch[] {
  return Array.from({ length: hours * 5 }, (_, at) => ({
    cost: usd(cost + (at % 2 ? 1 : -1)),
    input_tokens: 1000 * cost,
    occurred_at: new Date(START + from * HOUR + Math.floor(at / 5) * HOUR + (at % 5) * 60_000).toISOString(),
    ...given,
  }));
}

let key: string;

async function ask(sha: string, query = "", bearer = key) {
  const request = new Request(`http://localhost/api/v1/deploys/${sha}/verdict?${query}`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  const response = await GET(request, { params: Promise.resolve({ sha }) });
  return { status: response.status, body: await response.json() };
}

beforeAll(async () => {
  const { id, scope } = await createProject();
  key = await createApiKey(id, { name: "ci", environment: "production", scopes: ["read"] }, null);
  await store(scope, [
    ...hourly(-12, 12, 10, { deploy_sha: "old" }),
    ...hourly(0, 12, 15, { deploy_sha: "dear" }),
    // The old one still serves a little, a new feature comes, one call fails, one is unpriced and one is elsewhere.
    ...hourly(0, 2, 10, { deploy_sha: "old" }),
    ...hourly(2, 1, 99, { deploy_sha: "dear", feature: "new" }),
    ...hourly(3, 1, 0, { deploy_sha: "dear", cost: 0n, status_code: 529, attempt: 2 }),
    ...hourly(4, 1, 0, { deploy_sha: "dear", cost: null, model: "nobody-knows" }),
    ...hourly(0, 12, 1, { deploy_sha: "dear", environment: "staging" }),
    { deploy_sha: "lonely", environment: "production", cost: usd(1), occurred_at: "2026-11-21T13:00:00.000Z" },
    { deploy_sha: "dark", cost: null, occurred_at: "2026-11-21T13:30:00.000Z" },
    { deploy_sha: "a/b %", cost: usd(1), occurred_at: "2026-11-21T13:40:00.000Z" },
  ]);
});

describe("the verdict of a deploy", () => {
  test("dearer, with figures to the last digit, from its own calls", async () => {
    const { status, body } = await ask("dear", "window=24h");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      deploy: "dear",
      against: null,
      environment: "production",
      window: "24h",
      as_of: NOW.toISOString(),
      verdict: "dearer",
      reason: null,
      pass: false,
      max_increase: 0.1,
      before: {
        from: "2026-11-19T00:30:00.000Z",
        to: "2026-11-20T00:30:00.000Z",
        calls: 60,
        unpriced_calls: 0,
        compared_calls: 60,
        retries: 0,
        errors: 0,
        rate_limited: 0,
        // Of five calls in each odd hour three are dearer, in each even one three cheaper.
        cost_usd: "600",
        cost_per_call_usd: "10",
      },
      after: {
        from: "2026-11-20T00:30:00.000Z",
        to: "2026-11-21T00:30:00.000Z",
        calls: 75,
        unpriced_calls: 5,
        compared_calls: 60,
        retries: 5,
        errors: 5,
        cost_usd: "1394",
      },
      change_usd: "794",
      effect_usd: "300",
      parts: {
        volume_usd: "494",
        price_usd: "0",
        model_mix_usd: "0",
        fresh_input_usd: "300",
        cache_usd: "0",
        output_usd: "0",
        retries_usd: "0",
      },
      other_deploys: ["old"],
      coverage: { calls: 75, unpriced_calls: 5, estimated_calls: 0, estimated_cost_usd: "0" },
    });
    expect(body.change).toBe(0.5);
    expect(body.interval).toMatchObject({ confidence: 0.95 });
    expect(body.interval.low).toBeGreaterThan(0.4);
    expect(body.interval.high).toBeLessThan(0.6);
    const parts = Object.values(body.parts as Record<string, string>);
    expect(parts.reduce((sum, part) => sum + Number(part), 0)).toBe(Number(body.change_usd));
    expect(body.features.map(({ feature, change }: { feature: string; change: number }) => [feature, change])).toEqual([
      ["support-reply", 0.5],
      ["new", null],
    ]);
  });

  test("passes where so much more is allowed", async () => {
    expect((await ask("dear", "window=24h&max_increase=0.5")).body).toMatchObject({ pass: true, verdict: "dearer" });
    expect((await ask("dear", "window=24h&max_increase=0.49")).body.pass).toBe(false);
  });

  test("tries that fail do not make the others look cheap, unless a retry answers; many of them are no pass", async () => {
    const { id, scope } = await createProject();
    const bearer = await createApiKey(id, { name: "ci", environment: "production", scopes: ["read"] }, null);
    /** Two of each hour's five calls fail, for nothing. */
    const failing = (from: number, sha: string) =>
      hourly(from, 18, 10).map((call, at): Sketch => {
        const isFailed = at % 5 > 2;
        const failed = { status_code: 400, cost: 0n, input_tokens: 0 };
        return { ...call, deploy_sha: sha, ...(isFailed ? failed : { cost: usd(10) }) };
      });
    const again = failing(0, "retried").filter(({ status_code }) => status_code === 400);
    await store(scope, [
      ...hourly(-36, 18, 10, { deploy_sha: "whole", cost: usd(10) }),
      ...failing(-18, "broken"),
      ...failing(0, "retried"),
      ...again.map((call): Sketch => ({ ...call, status_code: 200, attempt: 2, cost: usd(10) })),
    ]);
    const { body } = await ask("broken", "window=24h&against=whole", bearer);
    expect(body).toMatchObject({ verdict: "as_before", reason: "more_failures", pass: false });
    expect(body.failed).toEqual({ feature: null, before: 0, after: 0.4 });
    expect(Math.abs(body.change)).toBeLessThan(0.05);
    expect([body.before.compared_calls, body.after.compared_calls]).toEqual([90, 54]);
    const retried = (await ask("retried", "window=24h&against=whole", bearer)).body;
    expect(retried).toMatchObject({ verdict: "as_before", reason: null, pass: true, failed: { after: 0 } });
    expect(retried.after.compared_calls).toBe(90);
  });

  test("against another deploy, each by its own calls", async () => {
    const { body } = await ask("dear", "window=24h&against=old");
    expect(body).toMatchObject({ against: "old", verdict: "dearer", change: 0.5, other_deploys: [] });
    expect(body.before).toMatchObject({ from: "2026-11-19T12:30:00.000Z", calls: 70, cost_usd: "700" });
    const back = (await ask("old", "window=24h&against=dear")).body;
    expect(back).toMatchObject({ verdict: "cheaper", pass: true });
    expect(back.change).toBeCloseTo(-1 / 3, 5);
  });

  test.each([
    ["old", "nothing_before"],
    ["lonely", "nothing_before"],
    ["dark", "unpriced"],
    ["-", "few_calls"],
  ])("says why there is none: %s", async (sha, reason) => {
    const { status, body } = await ask(sha, sha === "-" ? `id=${encodeURIComponent("a/b %")}` : "");
    expect([status, body.verdict, body.reason, body.pass]).toEqual([200, "not_enough_calls", reason, null]);
    expect([body.explanation, body.change ?? null]).toEqual([expect.stringMatching(/\.$/), null]);
  });
});

describe("refused", () => {
  test.each([
    ["nobody", "", 404, undefined],
    ["dear", "window=2d", 400, ["window"]],
    ["dear", "against=nobody", 400, ["against"]],
    ["dear", "against=dear", 400, ["against"]],
    ["dear", "max_increase=10%25", 400, ["max_increase"]],
    ["dear", "max_increase=-1&increase=1", 400, ["increase", "max_increase"]],
    ["dear", "period=7d", 400, ["period"]],
  ])("%s?%s", async (sha, query, status, paths) => {
    const answer = await ask(sha, query);
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.map(({ path }: { path: string }) => path)).toEqual(paths);
  });

  test("a key of another project knows no such deploy", async () => {
    const other = await createProject();
    const theirs = await createApiKey(other.id, { name: "ci", environment: "production", scopes: ["read"] }, null);
    expect((await ask("dear", "", theirs)).status).toBe(404);
  });
});
