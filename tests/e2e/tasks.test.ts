import { expect, type Page, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const TASKS = "/acme-assist/tasks";
/** What the key of the API sees: it is bound to this environment. */
const PRODUCTION = "env=production";

const figures = (page: Page) => page.getByRole("region", { name: "Key figures" });
const table = (page: Page, name: string) => page.getByRole("table", { name });
const cents = (text: string) => BigInt(text.replace("−", "-").replace(/[^\d-]/g, ""));

test("a successful task costs what successes and failures cost together, as the API says", async ({
  page,
  request,
}) => {
  const { totals } = await readReport(request, "cost-per-successful-task");
  const told = Number(totals.success_cost_usd) + Number(totals.failure_cost_usd);
  const priced = Number(totals.successes) - Number(totals.unpriced_successes);
  expect(Number(totals.cost_per_success_usd)).toBeCloseTo(told / priced, 9);
  await page.goto(`${TASKS}?${PRODUCTION}`);
  await expect(figures(page)).toContainText(`$${Number(totals.cost_per_success_usd).toFixed(4)}`);
  await expect(figures(page)).toContainText(asShown(totals.failure_cost_usd));
  await expect(figures(page)).toContainText(asShown(totals.untold_cost_usd));
});

for (const by of ["feature", "deploy"]) {
  test(`the rows by ${by} add up to all tasks and all of their cost`, async ({ page, request }) => {
    const { rows, totals } = await readReport(request, "cost-per-successful-task", `group_by=${by}`);
    expect(rows.reduce((sum, row) => sum + Number(row.tasks), 0)).toBe(totals.tasks);
    await page.goto(`${TASKS}?${PRODUCTION}&by=${by}`);
    const shown = table(page, "Cost per successful task");
    await expect(shown.locator("tfoot")).toContainText(asShown(totals.cost_usd));
    await expect(shown.locator("tfoot")).toContainText(Number(totals.tasks).toLocaleString("en"));
    await expect(shown.locator("tbody tr")).toHaveCount(Math.min(50, rows.length));
  });
}

test("the ledger of outcomes ends in all that was spent", async ({ page, request }) => {
  const { totals } = await readReport(request, "usage-summary", "compare=none");
  await page.goto(`${TASKS}?${PRODUCTION}`);
  const ledger = table(page, "Cost by outcome");
  await expect(ledger.locator("tfoot td").last()).toHaveText(asShown(totals.cost_usd));
  const parts = (await ledger.locator("tbody td:last-child").allTextContents()).map(cents);
  expect(parts).toHaveLength(4);
  const sum = parts.reduce((total, part) => total + part, 0n);
  expect(Math.abs(Number(sum - cents(asShown(totals.cost_usd))))).toBeLessThanOrEqual(2);
});

test("a feature leads to its tasks, and the dearest of them to its outcome and calls", async ({ page, request }) => {
  await page.goto(`${TASKS}?${PRODUCTION}`);
  await table(page, "Cost per successful task").getByRole("link", { name: "agent-run" }).click();
  await expect(page).toHaveURL(/filter\.feature=agent-run/);
  const { rows } = await readReport(request, "dearest-tasks", "filter.feature=agent-run&limit=25");
  await expect(table(page, "Dearest tasks").locator("tbody td:first-child")).toHaveText(
    rows.map(({ task }) => String(task)),
  );
  const told = rows.find(({ outcome }) => outcome === "failure") ?? rows[0];
  await table(page, "Dearest tasks")
    .getByRole("link", { name: String(told?.task) })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: String(told?.task) })).toBeVisible();
  await expect(figures(page)).toContainText(asShown(told?.cost_usd));
  await expect(figures(page)).toContainText(told?.outcome === "untold" ? "not told" : String(told?.outcome));
  await expect(table(page, "Calls in time").locator("tbody tr")).toHaveCount(Number(told?.calls));
  await page.getByRole("link", { name: /^sess_/ }).click();
  await expect(page).toHaveURL(/\/sessions\/sess_/);
});

test("a feature's page says what a success costs, and other growth can be asked for", async ({ page, request }) => {
  const asked = "filter.feature=agent-run";
  const { totals } = await readReport(request, "cost-per-successful-task", asked);
  await page.goto(`/acme-assist/features/agent-run?${PRODUCTION}`);
  await expect(page.getByRole("region", { name: "Tasks" })).toContainText(asShown(totals.cost_per_success_usd));
  const grown = await readReport(request, "turns-per-task", `${asked}&growth_times=12`);
  await page.goto(`${TASKS}?${PRODUCTION}&${asked}&growth_times=12`);
  await expect(page.getByText(`${Number(grown.totals.grown_tasks).toLocaleString("en")} tasks grew`)).toBeVisible();
  await page.goto(`${TASKS}?growth_times=1`);
  await expect(page.getByText("must be a whole number from 2 to 1000")).toBeVisible();
});

test("a task that nobody called says so", async ({ page }) => {
  await page.goto(`${TASKS}/nobody`);
  await expect(page.getByText("No calls of this task")).toBeVisible();
});
