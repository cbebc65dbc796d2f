import { expect, type Page, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const SESSIONS = "/acme-assist/sessions";
/** What the key of the API sees: it is bound to this environment. */
const PRODUCTION = "env=production";
/** The sample's agent that called itself in circles. */
const STORM = "sess_storm0001";

const figures = (page: Page) => page.getByRole("region", { name: "Key figures" });
const table = (page: Page, name: string) => page.getByRole("table", { name });

test("the dearest sessions are those of the API, and lead to their calls in time", async ({ page, request }) => {
  const { rows, row_count: count, totals } = await readReport(request, "dearest-sessions", "limit=50");
  await page.goto(`${SESSIONS}?${PRODUCTION}`);
  await expect(table(page, "Dearest sessions").locator("tbody td:first-child")).toHaveText(
    rows.map(({ session }) => String(session)),
  );
  await expect(figures(page)).toContainText(asShown(totals.cost_usd));
  await expect(figures(page)).toContainText(count.toLocaleString("en"));

  const [, second] = rows;
  await table(page, "Dearest sessions")
    .getByRole("link", { name: String(second?.session) })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: String(second?.session) })).toBeVisible();
  await expect(figures(page)).toContainText(asShown(second?.cost_usd));
  await expect(figures(page)).toContainText(`${(Number(second?.resent_share) * 100).toFixed(1)}%`);
  await expect(table(page, "Calls in time").locator("tbody tr")).toHaveCount(Number(second?.calls));
});

test("what each call sent before, and what all of it cost, is said in words beside the bars", async ({
  page,
  request,
}) => {
  const { rows } = await readReport(request, "dearest-sessions", "limit=2");
  const session = rows[1];
  await page.goto(`${SESSIONS}/${session?.session}`);
  const first = table(page, "Calls in time").locator("tbody tr").first();
  await expect(first.locator("td").nth(7)).toHaveText("0.0%");
  await expect(page.getByRole("img", { name: /^Input and output of \d+ calls/ })).toBeVisible();
  const panel = page.locator("section").filter({ has: page.getByRole("heading", { name: "Sent before" }) });
  await expect(panel).toContainText(asShown(session?.resent_cost_usd));
  const shares = (await panel.locator("dd").allTextContents())
    .slice(0, 3)
    .map((text) => Math.round(Number.parseFloat(text) * 10));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(1000);
});

test("a session of 800 calls is shown a hundred at a time, its figures of all of them", async ({ page }) => {
  await page.goto(`${SESSIONS}/${STORM}`);
  await expect(figures(page)).toContainText("800 calls");
  await expect(table(page, "Calls in time").locator("tbody tr")).toHaveCount(100);
  await expect(page.getByText("1 – 100 of 800").first()).toBeVisible();
  const cost = await figures(page).locator("p").first().textContent();
  await page.getByRole("link", { name: /^Later/ }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByText("101 – 200 of 800").first()).toBeVisible();
  await expect(figures(page).locator("p").first()).toHaveText(cost ?? "");
  await table(page, "Calls in time").getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`/calls/.*filter.session=${STORM}`));
});

test("a tenant's page leads to its dearest sessions", async ({ page }) => {
  await page.goto("/acme-assist/tenants/Northwind");
  await expect(table(page, "Dearest sessions").locator("tbody tr")).toHaveCount(8);
  await page.getByRole("link", { name: "All sessions" }).click();
  await expect(page).toHaveURL(/\/sessions\?filter\.tenant=Northwind/);
  const tenants = table(page, "Dearest sessions").locator("tbody td:nth-child(2)");
  await expect(tenants.first()).toHaveText("Northwind");
  expect(new Set(await tenants.allTextContents())).toEqual(new Set(["Northwind"]));
});

const ODD = "%2F<script>alert(1)</script>🎉/..".padEnd(120, "x");

test("an id that two tenants sent asks whose is meant, whatever its characters; one that nobody sent says so", async ({
  page,
  request,
}) => {
  const answer = await request.post("/api/v1/calls", {
    headers: { authorization: `Bearer ${process.env.E2E_API_KEY}` },
    data: {
      calls: ["Northwind", "Contoso"].map((tenant_id, at) => ({
        occurred_at: new Date(Date.now() - 60_000).toISOString(),
        request_id: `odd-session-${at}-${Date.now()}`,
        ...{ tenant_id, session_id: ODD, feature: "odd-sessions" },
        ...{ model: "claude-sonnet-5-5", status_code: 200, latency_ms: 900 },
        usage: { input_tokens: 1000 * (at + 1), output_tokens: 0 },
      })),
    },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  page.on("dialog", (dialog) => {
    throw new Error(`a name ran as code: ${dialog.message()}`);
  });
  await page.goto(`${SESSIONS}?filter.feature=odd-sessions`);
  await table(page, "Dearest sessions").getByRole("row", { name: "Contoso" }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: ODD })).toBeVisible();
  await expect(table(page, "Calls in time").locator("tbody tr").first()).toContainText("2,000");
  // Whose it is goes along to no other page.
  await expect(page.getByRole("link", { name: "Overview" })).not.toHaveAttribute("href", /Contoso|production/);
  const asked = new URL(page.url());
  for (const name of ["of", "in"]) asked.searchParams.delete(name);
  await page.goto(asked.href);
  await expect(table(page, "Whose session")).toBeVisible();
  await table(page, "Whose session").getByRole("link", { name: "Northwind" }).click();
  await expect(table(page, "Calls in time").locator("tbody tr").first()).toContainText("1,000");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

  await page.goto(`${SESSIONS}/nobody`);
  await expect(page.getByText("No calls of this session")).toBeVisible();
});
