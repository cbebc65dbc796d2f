import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";

const PRICES = "/acme-assist/settings/prices";

const prices = (page: Page) => page.getByRole("table", { name: "Prices", exact: true });
const rowOf = (page: Page, name: string) =>
  prices(page)
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name: new RegExp(`^${name}`) }) });

test("a model is found, priced on the day before its price changed, and its page tells the days of both prices", async ({
  page,
}) => {
  await page.goto(PRICES);
  await expect(page.getByText(/^(\d+) of \1 models$/)).toBeVisible();
  // What is typed before the page has woken up is not heard.
  await expect(async () => {
    await page.getByRole("searchbox", { name: "Find a model" }).fill("");
    await page.getByRole("searchbox", { name: "Find a model" }).fill("sonnet-5-5");
    await expect(page).toHaveURL(/q=sonnet-5-5/, { timeout: 5000 });
  }).toPass();
  await expect(page.getByText(/^1 of \d+ models$/)).toBeVisible();
  await expect(rowOf(page, "Claude Sonnet 5.5")).toContainText("$0.10");

  await page.goto(`${PRICES}?q=sonnet-5-5&on=2026-10-07`);
  await expect(async () => {
    await page.getByRole("button", { name: "On 7 Oct 2026" }).click({ timeout: 2000 });
    await page.getByRole("button", { name: /October 6th, 2026/ }).click({ timeout: 2000 });
  }).toPass();
  await expect(page).toHaveURL(/on=2026-10-06/);
  await expect(rowOf(page, "Claude Sonnet 5.5")).toContainText("$0.20");

  await rowOf(page, "Claude Sonnet 5.5").getByRole("link").click();
  await expect(page).toHaveURL(`${PRICES}/claude-sonnet-5-5?on=2026-10-06`);
  const dated = page.getByRole("table", { name: "Dated prices" });
  await expect(dated.getByRole("row", { name: /28 Sep 2026.*6 Oct 2026/ })).toContainText("$0.20");
  await expect(dated.getByRole("row", { name: /7 Oct 2026.*not ended/ })).toContainText("$0.10");
  await expect(dated.locator("[aria-selected=true]")).toContainText("28 Sep 2026");
});

test("what is typed stays while the answer to its beginning comes in", async ({ page }) => {
  await page.goto(`${PRICES}?provider=openai`);
  const search = page.getByRole("searchbox", { name: "Find a model" });
  await expect(async () => {
    await search.fill("g");
    await expect(page).toHaveURL(/q=g/, { timeout: 5000 });
  }).toPass();
  await search.pressSequentially("pt-4o-mini", { delay: 300 });
  await expect(search).toHaveValue("gpt-4o-mini");
  await expect(search).toBeFocused();
  await expect(page).toHaveURL(/q=gpt-4o-mini/);
});

test("a day on which a model has no price says so", async ({ page }) => {
  await page.goto(`${PRICES}?q=claude-haiku-5-5&on=2026-10-06`);
  await expect(rowOf(page, "Claude Haiku 5.5")).toContainText("no price on that day");
  await expect(rowOf(page, "Claude Haiku 5.5")).not.toContainText("$");
  await page.goto(`${PRICES}/claude-haiku-5-5?on=2026-10-06`);
  await expect(page.getByText("No price on 6 Oct 2026")).toBeVisible();
});

test("what changed is told newest first, and filters apply to it", async ({ page }) => {
  await page.goto(`${PRICES}?q=5.5&provider=anthropic`);
  await page.getByRole("link", { name: "What changed" }).click();
  await expect(page).toHaveURL(/show=changes/);
  const changes = page.getByRole("table", { name: "Changes" });
  await expect(changes.locator("tbody tr")).toHaveCount(5);
  await expect(changes.locator("tbody tr").first()).toContainText("15 Oct 2026");
  await expect(changes.getByRole("row", { name: /7 Oct 2026 Claude Sonnet 5\.5/ })).toContainText(
    "cache read $0.20 → $0.10",
  );
});

test("the CSV holds the table on screen", async ({ page }) => {
  await page.goto(`${PRICES}?q=claude-haiku-5-5&on=2026-11-01`);
  await page.getByRole("button", { name: "Price book: menu" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("prices-2026-11-01.csv");
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[2]).toContain("claude-haiku-5-5,Claude Haiku 5.5,long,100000,2026-10-07,,0.5,0.625,1,0.05,2.5,");
});

test("any spelling leads to the model; a name that is none is never given a price", async ({ page }) => {
  await page.goto(`${PRICES}/us.anthropic.claude-opus-4-8`);
  await expect(page.getByRole("heading", { name: "Claude Opus 4.8" })).toBeVisible();
  await page.goto(`${PRICES}/${encodeURIComponent("acme/llama:free")}`);
  await expect(page.getByText("acme/llama:free is not in the price book")).toBeVisible();
  await expect(page.getByRole("link", { name: "Give it a price" })).toHaveAttribute(
    "href",
    "/acme-assist/settings/contract?new=rates&model=acme%2Fllama%3Afree",
  );
});

test("an address that cannot be read names the rule", async ({ page }) => {
  await page.goto(`${PRICES}?on=2026-02-30`);
  await expect(page.getByRole("alert").filter({ hasText: "on must be a day, YYYY-MM-DD" })).toBeVisible();
  await page.getByRole("link", { name: "Show all prices" }).click();
  await expect(prices(page)).toBeVisible();
});
