import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/outcomes/route";
import type { Scope } from "@/lib/auth/scope";
import { readDb } from "@/lib/db";
import { findOutcome } from "@/lib/tasks/read";
import { createIngestApi, type IngestApi } from "@/tests/support/ingest-api";

type Body = { accepted: number; rejected: { index: number; errors: { path: string; message: string }[] }[] };

let api: IngestApi<Body>;
beforeEach(async () => {
  api = await createIngestApi<Body>(POST);
});

const at = (time: string) => `2026-11-20T${time}Z`;
const outcome = (overrides: Record<string, unknown> = {}) => ({
  task_id: "t-123",
  tenant_id: "Northwind",
  outcome: "success",
  occurred_at: at("12:00:00.000"),
  ...overrides,
});

const stored = async () =>
  (
    await readDb().taskOutcome.findMany({
      where: { projectId: api.id },
      orderBy: [{ environment: "asc" }, { tenantId: "asc" }, { taskId: "asc" }],
    })
  ).map((row) => [row.environment, row.tenantId, row.taskId, row.outcome, row.occurredAt.toISOString().slice(11, 23)]);

describe("POST /api/v1/outcomes", () => {
  test.each([
    ["a list under its name", { outcomes: [outcome(), outcome({ task_id: "t-2", outcome: "failure" })] }, 2],
    ["a bare array", [outcome(), outcome({ task_id: "t-2", outcome: "failure" })], 2],
    ["one object", outcome(), 1],
    ["nothing", { outcomes: [] }, 0],
  ])("takes %s", async (_, body, count) => {
    const answer = await api.post(body);
    expect([answer.status, answer.body]).toEqual([200, { accepted: count, rejected: [] }]);
    expect(await stored()).toEqual(
      [
        ["production", "Northwind", "t-123", "success", "12:00:00.000"],
        ["production", "Northwind", "t-2", "failure", "12:00:00.000"],
      ].slice(0, count),
    );
  });

  test("takes NDJSON, packed, and refuses a broken line by its index", async () => {
    const lines = gzipSync(`${JSON.stringify(outcome())}\n{"task_id":\n`);
    const answer = await api.post(lines, { "content-type": "application/x-ndjson", "content-encoding": "gzip" });
    expect([answer.status, answer.body.accepted, answer.body.rejected.map(({ index }) => index)]).toEqual([
      200,
      1,
      [1],
    ]);
  });

  test("the one that happened last wins, in whatever order they come", async () => {
    await api.post([outcome({ outcome: "failure", occurred_at: at("12:00:02.500") })]);
    await api.post([outcome({ occurred_at: at("12:00:01.000") })]);
    expect(await stored()).toEqual([["production", "Northwind", "t-123", "failure", "12:00:02.500"]]);
    await api.post([outcome({ occurred_at: "2026-11-20T13:00:03+01:00" })]);
    expect(await stored()).toEqual([["production", "Northwind", "t-123", "success", "12:00:03.000"]]);
  });

  test("of two at the same time the one received later wins, within a batch too", async () => {
    await api.post([outcome(), outcome({ outcome: "failure" })]);
    expect(await stored()).toEqual([["production", "Northwind", "t-123", "failure", "12:00:00.000"]]);
    await api.post([outcome({ occurred_at: at("12:00:05.000") }), outcome({ outcome: "failure" })]);
    expect(await stored()).toEqual([["production", "Northwind", "t-123", "success", "12:00:05.000"]]);
    await api.post([outcome({ occurred_at: at("12:00:05.000"), outcome: "failure" })]);
    expect(await stored()).toEqual([["production", "Northwind", "t-123", "failure", "12:00:05.000"]]);
  });

  test("sent again it changes nothing, not even when it was received", async () => {
    await api.post([outcome()]);
    const [before] = await readDb().taskOutcome.findMany({ where: { projectId: api.id } });
    expect((await api.post([outcome()])).body).toEqual({ accepted: 1, rejected: [] });
    expect(await readDb().taskOutcome.findMany({ where: { projectId: api.id } })).toEqual([before]);
  });

  test("tenants, environments and projects have their own tasks of the same name", async () => {
    await api.post([outcome(), outcome({ tenant_id: "Globex", outcome: "failure" })]);
    await api.postStaging([outcome({ outcome: "failure" })]);
    const other = await createIngestApi<Body>(POST);
    await other.post([outcome({ outcome: "failure" })]);
    expect(await stored()).toEqual([
      ["production", "Globex", "t-123", "failure", "12:00:00.000"],
      ["production", "Northwind", "t-123", "success", "12:00:00.000"],
      ["staging", "Northwind", "t-123", "failure", "12:00:00.000"],
    ]);
  });

  test("refuses what cannot be used by its field, and takes its neighbours", async () => {
    const ahead = new Date(Date.now() + 400_000).toISOString();
    const answer = await api.post({
      outcomes: [
        outcome({ outcome: "maybe" }),
        outcome({ task_id: "" }),
        outcome({ tenant_id: "x".repeat(129) }),
        outcome({ occurred_at: "yesterday" }),
        outcome({ occurred_at: ahead }),
        outcome({ occurred_at: "0000-01-01T00:00:00Z" }),
        outcome({ task_id: "nul\0" }),
        null,
        { outcome: "success" },
        outcome({ prompt: "not ours", task_id: "kept" }),
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.accepted).toBe(1);
    expect(answer.body.rejected.map(({ index, errors }) => [index, ...errors.map((one) => one.path)])).toEqual([
      [0, "outcome"],
      [1, "task_id"],
      [2, "tenant_id"],
      [3, "occurred_at"],
      [4, "occurred_at"],
      [5, "occurred_at"],
      [6, "task_id"],
      [7, ""],
      [8, "task_id", "tenant_id", "occurred_at"],
    ]);
    expect(answer.body.rejected[0]?.errors[0]?.message).toBe("must be one of success, failure");
    expect(answer.body.rejected[4]?.errors[0]?.message).toMatch(/^must not be more than 5 minutes ahead of the server/);
    expect(answer.body.rejected[5]?.errors[0]?.message).toBe("must not be before the year 2000");
    expect(await stored()).toEqual([["production", "Northwind", "kept", "success", "12:00:00.000"]]);
  });

  test("answers 422 when none was accepted, and problems for a body that is none", async () => {
    expect((await api.post([outcome({ outcome: 1 })])).status).toBe(422);
    const broken = await api.post("{");
    expect([broken.status, broken.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    expect(await api.post('"text"')).toMatchObject({
      status: 400,
      body: { detail: 'The body must be {"outcomes":[…]}, an array of outcomes, or one outcome.' },
    });
    expect(await api.post(Array(5001).fill(outcome()))).toMatchObject({
      status: 413,
      body: { title: "Too many outcomes", max_outcomes: 5000 },
    });
    expect((await api.post("x", { "content-type": "text/plain" })).status).toBe(415);
    const twice = await api.post('[{"task_id":"a","task_id":"b","tenant_id":"n","outcome":"success"}]');
    expect(twice.body.rejected[0]?.errors[0]?.message).toBe("occurs more than once in its object");
    expect(await stored()).toEqual([]);
  });

  test("two writers of the same 2,000 tasks in opposite order do not lock each other out", async () => {
    const many = Array.from({ length: 2000 }, (_, i) => outcome({ task_id: `t-${i}` }));
    const answers = await Promise.all([api.post(many), api.post(many.toReversed()), api.post(many)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await readDb().taskOutcome.count({ where: { projectId: api.id } })).toBe(2000);
  });
});

describe("findOutcome", () => {
  const task = { environment: "production", tenantId: "Northwind", taskId: "t-123" };
  test("keeps to what the scope may see", async () => {
    await api.post([outcome({ outcome: "failure" })]);
    const scope = { ...api.scope, role: "viewer" } as Scope;
    const found = { outcome: "failure", occurredAt: new Date(at("12:00:00.000")) };
    expect(await findOutcome(scope, task)).toEqual(found);
    expect(await findOutcome({ ...scope, tenants: ["Northwind"] } as Scope, task)).toEqual(found);
    expect(await findOutcome({ ...scope, tenants: ["Globex"] } as Scope, task)).toBeNull();
    expect(await findOutcome({ ...scope, environment: "staging" } as Scope, task)).toBeNull();
    expect(await findOutcome({ ...scope, role: "ingest" } as Scope, task)).toBeNull();
    expect(await findOutcome(scope, { ...task, taskId: "t-124" })).toBeNull();
  });
});
