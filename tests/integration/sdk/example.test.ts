import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "@/tests/support/api-server";

let server: ApiServer;

beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.close());

async function run(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "sdk/examples/app.ts"], {
    env: { ...process.env, ANTHROPIC_API_KEY: "", ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, output };
}

test("the example says what it needs", async () => {
  const { code, output } = await run({ SPENDTRACE_URL: "", SPENDTRACE_KEY: "" });
  expect([code, output]).toEqual([
    1,
    "Set SPENDTRACE_URL (where Spendtrace runs) and SPENDTRACE_KEY (a key with the scope ingest).\n",
  ]);
});

test("the example shows who spent what, with retries, streams and a batch", async () => {
  const { code, output } = await run({ SPENDTRACE_URL: server.url, SPENDTRACE_KEY: server.key });
  expect([code, output]).toEqual([0, expect.stringMatching(/: 22, waiting: 0, dropped: 0\n/)]);
  const day = "from=2026-01-01&to=2099-01-01&compare=none";
  const { rows, totals } = await server.report(
    `cost-by-tenant?${day}&measures=calls,rate_limited,retries,unpriced_calls`,
  );
  expect(rows.map(({ tenant, calls }) => [tenant, calls]).sort()).toEqual([
    ["Contoso", 7],
    ["Fabrikam", 8],
    ["Northwind", 7],
  ]);
  expect(totals).toEqual({ calls: 22, rate_limited: 6, retries: 6, unpriced_calls: 0 });
  const calls = (await server.list("from=2026-01-01&to=2099-01-01&limit=1000")).body.calls;
  expect(calls.filter(({ service_tier }) => service_tier === "batch")).toHaveLength(2);
  expect(calls.filter(({ pricing_notes }) => String(pricing_notes).includes("incomplete_stream"))).toHaveLength(1);
});
