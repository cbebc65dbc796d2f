import { expect, test } from "vitest";
import { sampleCalls } from "@/prisma/seed/sample-calls";
import { outcomeOf, SampleTasks } from "@/prisma/seed/tell-outcomes";

const NOW = new Date("2026-11-21T14:32:08.000Z");

test("the tasks of the sample pass by unchanged, and mostly end well, the same way in every run", () => {
  const calls = [...sampleCalls(NOW, { days: 5, calls: 3_000 })];
  const tasks = new SampleTasks();
  expect([...tasks.watch(calls)]).toEqual(calls);
  const production = calls.filter(({ environment, body }) => environment === "production" && body.task_id);
  const own = new Set(production.map(({ body }) => `${body.tenant_id} ${body.task_id}`));
  const noted = tasks.of("production");
  expect(noted.length).toBe(own.size);
  const outcomes = noted.flatMap(outcomeOf);
  expect(outcomes.length / noted.length).toBeGreaterThan(0.85);
  expect(outcomes.length / noted.length).toBeLessThan(0.97);
  const successes = outcomes.filter(({ outcome }) => outcome === "success");
  expect(successes.length / outcomes.length).toBeGreaterThan(0.8);
  expect(successes.length / outcomes.length).toBeLessThan(0.98);
  expect(noted.flatMap(outcomeOf)).toEqual(outcomes);
});

test("a task whose last call failed has failed", () => {
  const call = { environment: "production", tenant_id: "Northwind", task_id: "t", feature: "support-reply" } as const;
  const told = Array.from({ length: 200 }, (_, i) =>
    outcomeOf({ ...call, task_id: `t-${i}`, endedAt: NOW.getTime(), isAnswered: false }),
  ).flat();
  expect(told.length).toBeGreaterThan(150);
  expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(["failure"]));
});
