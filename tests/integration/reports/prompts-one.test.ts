import { expect, test } from "vitest";
import { listPromptBars } from "@/lib/reports/prompt-bars";
import { askIndex } from "@/lib/reports/prompt-calls";
import { cutPrompt, findPromptSpan } from "@/lib/reports/prompt-profile";
import { findStorms, listFrequentPrompts } from "@/lib/reports/prompt-storms";
import { emptyProject, query, type Sketch, store } from "../../support/call-rows";

const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const call = (time: string, rest: Sketch = {}): Sketch => ({
  prompt_hash: "p",
  occurred_at: at(time).toISOString(),
  ...rest,
});

test("one prompt by tenant, deploy, attempt and so on; each cut adds up to the whole", async () => {
  const scope = emptyProject();
  await store(scope, [
    call("10:00:00", { cost: 1 }),
    call("10:00:01", { cost: 10, attempt: 2, status_code: 429, deploy_sha: "a1b2c3d" }),
    call("10:00:02", { cost: null, attempt: 3, tenant_id: "Fabrikam", model: "private" }),
    call("10:00:03", { cost: 100, prompt_hash: "another" }),
  ]);
  const cuts = await cutPrompt(scope, query(), "p");
  const part = (name: string, calls: bigint, cost: bigint, unpricedCalls = 0n) => ({
    name,
    calls,
    cost,
    unpricedCalls,
  });
  expect(cuts).toEqual({
    tenant: [part("Northwind", 2n, 11n), part("Fabrikam", 1n, 0n, 1n)],
    feature: [part("support-reply", 3n, 11n, 1n)],
    deploy: [part("a1b2c3d", 1n, 10n), part("9f8e7d6", 2n, 1n, 1n)],
    model: [part("claude-sonnet-5-5", 2n, 11n), part("private", 1n, 0n, 1n)],
    attempt: [part("2", 1n, 10n), part("1", 1n, 1n), part("3", 1n, 0n, 1n)],
    status: [part("429", 1n, 10n), part("200", 2n, 1n, 1n)],
  });
  const own = { ...scope, tenants: ["Fabrikam"] };
  expect((await cutPrompt(own, query(), "p")).tenant).toEqual([part("Fabrikam", 1n, 0n, 1n)]);
});

test("when a prompt was called first and last, at any time; null for one that nobody may see", async () => {
  const scope = emptyProject();
  await store(scope, [call("10:00:00"), call("12:00:00"), call("13:00:00", { tenant_id: "Fabrikam" })]);
  expect(await findPromptSpan(scope, "p")).toEqual({ firstSeenAt: at("10:00:00"), lastSeenAt: at("13:00:00") });
  const own = { ...scope, tenants: ["Northwind"] };
  expect(await findPromptSpan(own, "p")).toMatchObject({ lastSeenAt: at("12:00:00") });
  expect(await findPromptSpan(scope, "nobody")).toBeNull();
});

test("calls of prompts in equal parts of a period", async () => {
  const scope = emptyProject();
  await store(scope, [
    call("10:00:00"),
    call("10:00:04.999"),
    call("10:00:05"),
    call("10:00:14.999"),
    call("10:00:15"),
  ]);
  const period = { from: at("10:00:00"), to: at("10:00:15") };
  const bars = await listPromptBars(scope, query({ period }), ["p", "none"], 5_000);
  expect([...bars]).toEqual([["p", { calls: [2, 1, 1], stepMs: 5_000 }]]);
});

test("a storm of the last hour is found among the prompts of that hour alone, under the filters", async () => {
  const scope = emptyProject();
  const many = (prompt: string, count: number, from: string, rest: Sketch = {}) =>
    Array.from({ length: count }, (_, index) =>
      call("00:00:00", {
        ...rest,
        prompt_hash: prompt,
        occurred_at: new Date(at(from).getTime() + index * 1000).toISOString(),
      }),
    );
  await store(scope, [
    ...many("storm", 101, "13:40:00"),
    ...many("before", 101, "13:00:00"),
    ...many("calm", 100, "13:45:00"),
    ...many("elsewhere", 101, "13:50:00", { environment: "staging" }),
  ]);
  const filters = [{ dimension: "environment", op: "is", values: ["production"] }] as const;
  const hour = query({ period: { from: at("13:35:00"), to: at("14:35:00") }, filters });
  const frequent = await listFrequentPrompts(scope, hour);
  expect(frequent).toEqual(["storm"]);
  expect(await findStorms(scope, hour, frequent, askIndex)).toEqual([
    { prompt: "storm", startedAt: at("13:40:00"), endedAt: at("13:41:40"), calls: 101 },
  ]);
  expect(await findStorms(scope, hour, [])).toEqual([]);
});
