import { expect, test } from "vitest";
import { runReport } from "@/lib/reports/registry";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

/** Claude Sonnet 5.5 from 7 Oct 2026: picodollars a token. */
const RATE = { fresh: 2_000_000, write5m: 2_500_000, write1h: 4_000_000, read: 100_000 };

type Tokens = Partial<Record<"fresh" | "write5m" | "write1h" | "read", number>>;

/** A call of Sonnet 5.5 with these tokens at their list price. */
function cached(time: string, { fresh = 0, write5m = 0, write1h = 0, read = 0 }: Tokens, more: Sketch = {}): Sketch {
  const cost = fresh * RATE.fresh + write5m * RATE.write5m + write1h * RATE.write1h + read * RATE.read;
  return {
    occurred_at: `2026-11-20T${time}.000Z`,
    prefix_hash: "p1",
    input_tokens: fresh,
    cache_create_5m_tokens: write5m,
    cache_create_1h_tokens: write1h,
    cache_read_tokens: read,
    cost,
    input_cost_usd_picos: String(fresh * RATE.fresh),
    cache_create_5m_cost_usd_picos: String(write5m * RATE.write5m),
    cache_create_1h_cost_usd_picos: String(write1h * RATE.write1h),
    cache_read_cost_usd_picos: String(read * RATE.read),
    ...more,
  };
}

test("cache-savings: what reads and writes cost, against the same tokens at the fresh rate", async () => {
  const scope = emptyProject();
  await store(scope, [
    cached("12:00:00", { write5m: 1000, fresh: 50 }),
    cached("12:01:00", { read: 1000, fresh: 150 }),
    cached("12:02:00", { write1h: 10 }, { feature: "agent-run" }),
    cached("12:03:00", { fresh: 7 }, { feature: "moderation" }),
    // Reads at a tenth until 6 October, at a twentieth from the 7th on: 200,000 a token, 2,000,000 fresh.
    cached(
      "",
      { read: 10 },
      {
        occurred_at: "2026-10-06T23:59:59.999Z",
        feature: "agent-run",
        cache_read_cost_usd_picos: "2000000",
        cost: 2_000_000,
      },
    ),
    { feature: "agent-run", cost: null, cache_read_tokens: 5, model: "claude-mythos-preview" },
  ]);
  const period = { from: new Date("2026-10-01T00:00Z"), to: NOW };
  const { rows, totals } = await runReport(scope, "cache-savings", query({ period }), NOW);
  expect(rows.map(({ feature }) => feature)).toEqual(["moderation", "support-reply", "agent-run"]);
  expect(rows[1]).toEqual({
    feature: "support-reply",
    cache_hit: 1000 / 2200,
    cache_read_tokens: 1000n,
    cache_create_5m_tokens: 1000n,
    cache_create_1h_tokens: 0n,
    input_tokens: 200n,
    calls: 2n,
    unpriced_calls: 0n,
    cached_cost: 2_600_000_000n,
    write_cost: 2_500_000_000n,
    fresh_cost: 4_000_000_000n,
    read_saving: 1_900_000_000n,
    write_premium: 500_000_000n,
    net_saving: 1_400_000_000n,
    estimated_fresh_cost: 0n,
    unknown_tokens: 0n,
  });
  expect(rows[2]).toMatchObject({
    read_saving: 18_000_000n,
    write_premium: 20_000_000n,
    net_saving: -2_000_000n,
    unknown_tokens: 5n,
    unpriced_calls: 1n,
  });
  expect(totals).toMatchObject({ net_saving: 1_398_000_000n, calls: 6n });
});

test("unread-cache-writes: a write is lost when nobody reads as far while it lives", async () => {
  const scope = emptyProject();
  await store(scope, [
    // Read within 5 minutes of the last use, though not of the write.
    cached("10:00:00", { write5m: 100 }),
    cached("10:04:00", { read: 100, write5m: 20 }),
    cached("10:08:59", { read: 100, write5m: 30 }),
    // 5 minutes and a second later the entry is gone: nothing of what was written is read.
    cached("10:14:00", { write5m: 100 }),
    // Another model has its own cache, another tenant has not.
    cached("10:15:00", { read: 60 }, { tenant_id: "Globex" }),
    cached("10:15:30", { read: 100 }, { model: "claude-sonnet-5" }),
    // Written for an hour, read after 59 minutes; without a prefix hash nobody can tell.
    cached("10:00:00", { write1h: 10 }, { prefix_hash: "p2" }),
    cached("10:59:00", { read: 10 }, { prefix_hash: "p2" }),
    cached("10:00:00", { write5m: 5 }, { prefix_hash: null }),
    // Written a minute before the figures are read: it may still be used.
    { ...cached("", { write5m: 40 }), occurred_at: "2026-11-21T14:31:00.000Z", prefix_hash: "p3" },
  ]);
  const { rows } = await runReport(scope, "unread-cache-writes", query(), NOW);
  // Of 100 + 20 + 30 + 100: the first is read; 20 and 30 lie deeper than anyone read; of the last 60 are read.
  expect(rows).toEqual([
    {
      feature: "support-reply",
      model: "claude-sonnet-5-5",
      write_tokens: 305n,
      write_cost: 777_500_000n,
      unread_tokens: 90n,
      unread_cost: 225_000_000n,
      open_cost: 100_000_000n,
      unhashed_cost: 12_500_000n,
      unpriced_calls: 0n,
    },
  ]);
  const northwind = { dimension: "tenant", op: "is", values: ["Northwind"] } as const;
  const filtered = await runReport(scope, "unread-cache-writes", query({ filters: [northwind] }), NOW);
  expect(filtered.totals).toMatchObject({ unread_tokens: 90n });
});

test("cache-lifetime-advice: what the other lifetime would have cost by the gaps seen", async () => {
  const scope = emptyProject();
  const f = (feature: string) => ({ feature, prefix_hash: feature });
  const day = (hash: string, write: Tokens): Sketch[] => [
    { ...cached("", write, f(hash)), occurred_at: "2026-11-19T10:00:00.000Z" },
    { ...cached("", write, f(hash)), occurred_at: "2026-11-20T10:00:00.000Z" },
  ];
  await store(scope, [
    // Rewritten after 10 and after 60 minutes, not after 61.
    ...day("sparse", { write5m: 100_000 }),
    cached("10:10:00", { write5m: 100_000 }, f("sparse")),
    cached("11:10:00", { write5m: 100_000 }, f("sparse")),
    cached("12:11:00", { write5m: 100_000 }, f("sparse")),
    // An hour that nobody needs; one read after 10 minutes would be a write.
    ...day("dense", { write1h: 100_000 }),
    cached("10:01:00", { read: 100_000 }, f("dense")),
    cached("10:11:00", { read: 100_000 }, f("dense")),
    // Less than a day of calls.
    cached("10:00:00", { write5m: 100_000 }, f("young")),
    cached("10:10:00", { write5m: 100_000 }, f("young")),
    // OpenAI's cache has one lifetime.
    { ...cached("10:00:00", { read: 100 }, f("other")), model: "gpt-5", provider: "openai" },
  ]);
  const { rows } = await runReport(scope, "cache-lifetime-advice", query(), NOW);
  const of = (feature: string) => rows.find((row) => row.feature === feature);
  // Three of five writes stay and cost 0.15 more each, two become reads at 0.01 in place of 0.25.
  expect(of("sparse")).toMatchObject({
    uses: 5n,
    gap_under_1m: 0n,
    gap_1m_5m: 0n,
    gap_5m_15m: 1n,
    gap_15m_1h: 1n,
    gap_over_1h: 2n,
    lifetime: "5m",
    change_1h: 450_000_000_000n - 480_000_000_000n,
    change_5m: null,
    advice: "1h",
    saved_per_day: (30_000_000_000n * 86_400_000n) / (27n * 3_600_000n),
  });
  // Two writes cost 0.15 less each, one read of 0.01 becomes a write of 0.25.
  expect(of("dense")).toMatchObject({ lifetime: "1h", change_5m: -300_000_000_000n + 240_000_000_000n, advice: "5m" });
  expect(of("young")).toMatchObject({ lifetime: "5m", advice: "not_enough", saved_per_day: null });
  expect(of("other")).toMatchObject({ lifetime: null, advice: "no_choice" });
});

test("unstable-prefixes: named with the deploy since which nearly every call has a new one", async () => {
  const scope = emptyProject();
  const calls = (deploy: string, hour: number, count: number, hash: (i: number) => string, feature = "support-reply") =>
    Array.from({ length: count }, (_, i) =>
      cached(
        `${String(hour).padStart(2, "0")}:00:${String(i).padStart(2, "0")}`,
        { write5m: 10 },
        { feature, deploy_sha: deploy, prefix_hash: hash(i) },
      ),
    );
  await store(scope, [
    ...calls("steady1", 8, 50, () => "same"),
    ...calls("a1b2c3d", 9, 60, (i) => `new${i}`),
    // Too few calls to tell, though each has a prefix of its own.
    ...calls("b2c3d4e", 10, 3, (i) => `late${i}`),
    ...calls("steady1", 8, 49, (i) => `few${i}`, "agent-run"),
  ]);
  const { rows } = await runReport(scope, "unstable-prefixes", query(), NOW);
  expect(rows).toEqual([
    {
      feature: "support-reply",
      verdict: "unstable",
      since_deploy: "a1b2c3d",
      since: new Date("2026-11-20T09:00:00.000Z"),
      prefixes: 63n,
      calls: 63n,
      calls_per_prefix: 1,
      write_tokens: 630n,
      unread_cost: 1_575_000_000n,
      latest_prefixes: "late2 late1 late0 new59",
    },
    {
      feature: "agent-run",
      verdict: "unknown",
      since_deploy: null,
      since: null,
      prefixes: 49n,
      calls: 49n,
      calls_per_prefix: 1,
      write_tokens: 490n,
      unread_cost: 1_225_000_000n,
      latest_prefixes: "few48 few47 few46 few45",
    },
  ]);
});

test("prompts-under-cache-minimum: by the minimum of each model, where it is known", async () => {
  const scope = emptyProject();
  await store(scope, [
    cached("10:00:00", { fresh: 511 }),
    cached("10:01:00", { fresh: 500, write5m: 12 }),
    cached("10:02:00", { fresh: 0 }, { status_code: 500 }),
    { ...cached("10:00:00", { fresh: 700 }), model: "gemini-2.5-flash", provider: "google", feature: "moderation" },
  ]);
  const { rows } = await runReport(scope, "prompts-under-cache-minimum", query(), NOW);
  expect(rows).toEqual([
    {
      feature: "support-reply",
      model: "claude-sonnet-5-5",
      calls: 2n,
      uncached_calls: 1n,
      mean_prompt_tokens: 511.5,
      min_cacheable_tokens: 512n,
      short_calls: 1n,
    },
    {
      feature: "moderation",
      model: "gemini-2.5-flash",
      calls: 1n,
      uncached_calls: 1n,
      mean_prompt_tokens: 700,
      min_cacheable_tokens: null,
      short_calls: null,
    },
  ]);
});
