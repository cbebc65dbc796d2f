import { beforeAll, describe, expect, test, vi } from "vitest";
import { previewCalls } from "@/app/[project]/import/actions";
import { POST } from "@/app/[project]/import/calls/route";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { buildCall } from "@/tests/support/calls";
import { createPerson, type Person, visit } from "@/tests/support/visitor";

vi.mock("next/headers", () => import("@/tests/support/visitor"));

const SITE = "http://localhost:3000";
let api: CallsApi;
let member: Person;

beforeAll(async () => {
  api = await createCallsApi();
  member = await createPerson(api.id, "member");
});

async function post(body: unknown, { environment = "production", origin = SITE as string | null } = {}) {
  visit(member.cookie, origin);
  const url = `${SITE}/${api.slug}/import/calls?environment=${environment}`;
  const headers = { "content-type": "application/json", host: "localhost:3000", ...(origin !== null && { origin }) };
  const request = new Request(url, { method: "POST", headers, body: JSON.stringify(body) });
  const response = await POST(request, { params: Promise.resolve({ project: api.slug }) });
  return { status: response.status, body: await response.json() };
}

describe("the route that the import page sends to", () => {
  test("stores calls in the environment that was chosen, once", async () => {
    const call = buildCall({ source: "import/calls" });
    for (const [accepted, duplicates] of [
      [1, 0],
      [0, 1],
    ]) {
      expect(await post([call])).toMatchObject({ status: 200, body: { accepted, duplicates, rejected: [] } });
    }
    const [stored] = (await api.list()).body.calls;
    expect(stored).toMatchObject({ request_id: call.request_id, environment: "production", cost_usd: "0.003" });
  });

  test.each([[null], ["null"], ["https://evil.example"], ["http://localhost:3001"]])(
    "takes nothing from the origin %s",
    async (origin) => {
      expect(await post([buildCall({ request_id: "evil" })], { origin })).toMatchObject({ status: 403 });
      expect(JSON.stringify((await api.list()).body)).not.toContain("evil");
    },
  );

  test("knows only the environments of the project", async () => {
    const { status, body } = await post([buildCall()], { environment: "elsewhere" });
    expect([status, body.detail]).toEqual([400, "environment must be one of this project's."]);
  });

  test("has the limits of the API", async () => {
    expect((await post(Array.from({ length: 5001 }, () => ({})))).status).toBe(413);
  });
});

test("the preview prices calls as they would be stored, and stores nothing", async () => {
  visit(member.cookie);
  const before = (await api.list()).body.calls.length;
  const sent = [buildCall(), buildCall({ model: "nobody-knows-it" }), buildCall({ tenant_id: "" })];
  expect(await previewCalls(api.slug, sent)).toEqual({
    ok: true,
    value: [
      { tokens: 1100, costUsdPicos: 3_000_000_000n, reason: null, isEstimated: false, errors: [] },
      { tokens: 1100, costUsdPicos: null, reason: "unknown_model", isEstimated: false, errors: [] },
      {
        tokens: 0,
        costUsdPicos: null,
        reason: null,
        isEstimated: false,
        errors: [{ path: "tenant_id", message: "must be text of 1 to 128 characters" }],
      },
    ],
  });
  expect((await api.list()).body.calls).toHaveLength(before);
  expect(
    await previewCalls(
      api.slug,
      Array.from({ length: 21 }, () => ({})),
    ),
  ).toMatchObject({ ok: false });
});
