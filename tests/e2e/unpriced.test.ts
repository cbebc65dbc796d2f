import { expect, test } from "@playwright/test";
import { readReport } from "./read-api";

const MODEL = "claude-mythos-preview";
const INBOX = "/acme-assist/settings/unpriced";

test("a model without a price is in the inbox with why, how much and from whom, and leads to its calls", async ({
  page,
  request,
}) => {
  const { totals } = await readReport(request, "usage-summary", `filter.model=${MODEL}&measures=unpriced_calls`);
  const calls = String(totals.unpriced_calls);
  await page.goto("/acme-assist");
  const header = page.getByText(/^Priced: 99\.\d\d% of [\d,]+ calls, 99\.\d\d% of [\d.]+[MB] tokens\./);
  await header.getByRole("link", { name: /calls unpriced$/ }).click();
  await expect(page).toHaveURL(INBOX);

  const item = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: MODEL, exact: true }) });
  await expect(item.getByRole("definition").first()).toHaveText(calls);
  await expect(item).toContainText("From Litware, for agent-run.");
  await expect(item).toContainText("On anthropic: no price is known for this model.");
  await expect(item).not.toContainText("$");
  await item.getByRole("link", { name: `Show the ${calls} calls` }).click();
  await expect(page.getByText(`${calls} in all`)).toBeVisible();
  await expect(page.getByText(`Priced: 0.00% of ${calls} calls, 0.00% of`)).toBeVisible();
});

test("from the inbox it is one click to say which model it is, or what it costs", async ({ page }) => {
  for (const [button, form, title] of [
    ["It is another name of…", "alias", "Alias"],
    ["Give it a price", "rates", "Own rates"],
  ] as const) {
    await page.goto(INBOX);
    const item = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: MODEL, exact: true }) });
    await item.getByRole("link", { name: button }).click();
    await expect(page).toHaveURL(`/acme-assist/settings/contract?new=${form}&model=${MODEL}`);
    const dialog = page.getByRole("dialog", { name: title });
    await expect(dialog.locator('[name="model"]')).toHaveValue(MODEL);
  }
});

test("the tab of the inbox counts its models", async ({ page }) => {
  await page.goto("/acme-assist/settings/account");
  await expect(page.getByRole("link", { name: /^Unpriced \d+ models? without a price$/ })).toBeVisible();
});
