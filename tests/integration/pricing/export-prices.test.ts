import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/[project]/export/prices/route";
import { saveContract } from "@/lib/pricing/save-contract";
import { readNewestPrices } from "@/lib/pricing/versions";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { createPerson, visit } from "@/tests/support/visitor";

vi.mock("next/headers", () => import("@/tests/support/visitor"));

const OWN_RATES = {
  ...{ kind: "rates", id: "own1", from: "2026-10-01", to: null, note: "committed spend", model: "claude-opus-5-5" },
  platform: "bedrock",
  rates: { input: "3", cache_create_5m: "3.75", cache_create_1h: "6", cache_read: "0.15", output: "15" },
};

let api: CallsApi;
let other: CallsApi;

beforeAll(async () => {
  [api, other] = await Promise.all([createCallsApi(), createCallsApi()]);
  const { userId } = await createPerson(api.id, "owner");
  const { version } = await readNewestPrices(api.scope);
  const change = { basedOn: version, overrides: [OWN_RATES], reason: "test", userId };
  expect(await saveContract(api.scope, change)).toMatchObject({ ok: true });
});

/** Rates of the contract in the CSV that a viewer of a project gets, from input to output. */
async function contractedRates({ id, slug }: CallsApi, search: string): Promise<string> {
  visit((await createPerson(id, "viewer", ["acme"])).cookie);
  const request = new Request(`http://localhost:3000/${slug}/export/prices?q=claude-opus-5-5&${search}`);
  const answer = await GET(request, { params: Promise.resolve({ project: slug }) });
  expect(answer.status).toBe(200);
  const [, standard = ""] = (await answer.text()).split("\r\n");
  return standard.split(",").slice(14, 19).join(" ");
}

describe("the CSV of prices", () => {
  test("has the contract of the project, on its days and platform", async () => {
    expect(await contractedRates(api, "on=2026-10-01&platform=bedrock")).toBe("3 3.75 6 0.15 15");
    expect(await contractedRates(api, "on=2026-09-30&platform=bedrock")).toBe("    ");
    expect(await contractedRates(api, "on=2026-10-01")).toBe("    ");
  });

  test("has nothing of another project's contract", async () => {
    expect(await contractedRates(other, "on=2026-10-01&platform=bedrock")).toBe("    ");
  });

  test("tells what it refuses", async () => {
    visit((await createPerson(api.id, "viewer")).cookie);
    const request = new Request(`http://localhost:3000/${api.slug}/export/prices?platform=nowhere`);
    const answer = await GET(request, { params: Promise.resolve({ project: api.slug }) });
    expect(answer.status).toBe(400);
    expect((await answer.json()).errors).toMatchObject([
      { path: "platform", message: expect.stringMatching(/^must be one of anthropic, .*, vertex$/) },
    ]);
  });
});
