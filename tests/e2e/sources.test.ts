import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { DOORS } from "@/app/[project]/quick-start/doors";

const API_KEY = process.env.E2E_API_KEY;
const SOURCES = "/acme-assist/settings/sources";

test("the overview counts what clients dropped, and leads to why", async ({ page, request }) => {
  const headers = { authorization: `Bearer ${API_KEY}` };
  const report = await (await request.get("/api/v1/reports/usage-summary?period=28d", { headers })).json();
  const dropped: number = report.coverage.dropped_calls;
  expect(dropped).toBeGreaterThan(0);

  await page.goto("/acme-assist?env=production");
  const coverage = page.locator("section").filter({ has: page.getByRole("heading", { name: "Coverage" }) });
  await expect(coverage.getByRole("link", { name: `${dropped} calls` })).toBeVisible();
  await page.getByRole("link", { name: `${dropped} calls dropped` }).click();
  await expect(page).toHaveURL(`${SOURCES}?period=28d&env=production`);
  const panel = page.locator("section").filter({ has: page.getByRole("heading", { name: "Dropped calls" }) });
  await expect(panel.getByText(`${dropped} calls dropped, counted when they were reported.`)).toBeVisible();
  await expect(panel.getByText(/^Which calls are in no total .*, production$/)).toBeVisible();
  const full = panel.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Queue full" }) });
  await expect(full).toContainText("275");
  await expect(full).toContainText("See whether the server was down or out of reach.");
  await panel.getByRole("link", { name: "24 h" }).click();
  await expect(page).toHaveURL(`${SOURCES}?env=production&period=24h`);
  await expect(panel.getByText("Nothing was dropped")).toBeVisible();
});

test("clients say who they are, how their clock is and what is left of their limits", async ({ page }) => {
  await page.goto(SOURCES);
  const clients = page.locator("section").filter({ has: page.getByRole("heading", { name: "Clients" }) });
  const production = clients.getByRole("listitem").filter({ hasText: "production" });
  await expect(production).toContainText("node 22.12.0");
  await expect(production).toContainText("Dropped 277 calls, none in the last 24 hours: queue full 275, too large 2.");
  await expect(production.getByRole("list", { name: "What was left of rate limits" })).toContainText(
    "412.0k of 2.0M input tokens left",
  );
  const staging = clients.getByRole("listitem").filter({ hasText: "staging" });
  await expect(staging).toContainText("Clock 7 min 12 s ahead");
  await expect(staging).toContainText("Dropped nothing.");
  await production.getByRole("link", { name: "a1b2c3d" }).click();
  await expect(page).toHaveURL("/acme-assist/deploys/a1b2c3d");
});

test("a report that arrives is on the page, once however often it is sent", async ({ page, request }) => {
  const data = {
    ...{ client_id: randomUUID(), sequence: 1, sent_at: new Date().toISOString(), sdk: "sdk-e2e/9.9.9" },
    ...{ runtime: "deno 2.5.0", dropped: { refused: 4, outcome: 1 } },
  };
  const headers = { authorization: `Bearer ${API_KEY}` };
  for (const accepted of [true, false]) {
    const answer = await request.post("/api/v1/client-reports", { headers, data });
    expect(await answer.json()).toEqual({ accepted });
  }
  await page.goto(`${SOURCES}?period=24h`);
  const client = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "sdk-e2e/9.9.9" }) });
  await expect(client).toContainText("Dropped 4 calls, 4 in the last 24 hours: refused 4, outcomes of tasks 1.");
  await expect(page.getByText("4 calls dropped, counted when they were reported.")).toBeVisible();
});

test("calls are counted by the door that they came in by, and every door has its set-up", async ({ page }) => {
  await page.goto(SOURCES);
  const table = page.getByRole("table", { name: "Sources" });
  await expect(table.getByRole("row", { name: /^TypeScript SDK sdk-js\/0\.1\.0 [\d,]+ \d+\.\d% / })).toBeVisible();
  await expect(table.getByRole("row", { name: /^Imported file import\/message-batch \d\d / })).toBeVisible();
  for (const { key, label } of DOORS) {
    await expect(page.getByRole("link", { name: label, exact: true })).toHaveAttribute(
      "href",
      `/acme-assist/quick-start?door=${key}`,
    );
  }
  await page.getByRole("link", { name: "Add a source" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Quick start" })).toBeVisible();
});
