import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const REPRICE = "/acme-assist/settings/reprice";

/** Sends a call of a model that nobody knows: a million input tokens. */
async function sendUnknown(request: import("@playwright/test").APIRequestContext, model: string): Promise<void> {
  const at = new Date(Date.now() - 3_600_000);
  const call = {
    occurred_at: at.toISOString(),
    request_id: `reprice-${model}`,
    tenant_id: "=1+1",
    feature: "reprice",
    provider: "anthropic",
    model,
    usage: { input_tokens: 1_000_000, output_tokens: 0 },
    latency_ms: 5,
  };
  const headers = { authorization: `Bearer ${process.env.E2E_API_KEY}` };
  const answer = await request.post("/api/v1/calls", { headers, data: { calls: [call] } });
  expect(await answer.json()).toMatchObject({ accepted: 1, unpriced: 1 });
}

/** Says in the contract what the model is, and returns once it is saved. */
async function alias(page: Page, model: string): Promise<void> {
  await page.goto(`/acme-assist/settings/contract?new=alias&model=${model}&target=claude-3-opus-20240229`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("First day").fill("2026-01-01");
  await dialog.getByRole("button", { name: "Add to the contract" }).click();
  await expect(page).toHaveURL(/saved=\d+/);
}

test("a stored call gets its price by a run that is looked at, applied and undone", async ({ page, request }) => {
  const model = "house-opus";
  await sendUnknown(request, model);
  await alias(page, model);
  await page.getByRole("link", { name: "Re-price stored calls" }).click();
  await expect(page.getByRole("textbox", { name: "Models" })).toHaveValue(model);
  await page.getByRole("button", { name: "Show the difference" }).click();
  await expect(page.getByRole("heading", { name: /^Run \d+$/ })).toBeVisible();
  const apply = page.getByRole("button", { name: "Apply to 1 calls" });
  await expect(apply).toBeVisible();
  // 1,000,000 input tokens at $15 a million, less the 6 % of the sample contract.
  await expect(page.getByRole("row", { name: /=1\+1/ })).toContainText("+$14.10");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await apply.click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page.getByText("applied", { exact: true })).toBeVisible();

  await page.goto(`/acme-assist/calls?filter.model=${model}`);
  await expect(page.getByRole("row", { name: /=1\+1/ })).toContainText("$14.10");

  await page.goBack();
  await page.getByRole("button", { name: "Undo…" }).click();
  await page.getByLabel("Reason").fill("Only a test");
  await page.getByRole("button", { name: "Show what it undoes" }).click();
  await page.getByRole("button", { name: "Apply to 1 calls" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page.getByText("applied", { exact: true })).toBeVisible();
  await page.goto(REPRICE);
  await expect(page.getByRole("row", { name: /Undo run \d+: Only a test/ })).toContainText("applied");
});

test("a run that cannot be made says which rule it breaks", async ({ page }) => {
  await page.goto(`${REPRICE}?models=nobody-calls-this&reason=x`);
  await page.getByRole("button", { name: "Show the difference" }).click();
  await expect(
    page.getByText(/^There are no calls of nobody-calls-this from .* choose a span with calls$/),
  ).toBeVisible();
  await page.getByLabel("First day").fill("2026-11-10");
  await page.getByLabel("Last day").fill("2026-11-09");
  await page.getByRole("button", { name: "Show the difference" }).click();
  await expect(page.getByText("must be after the first day")).toBeVisible();
});

test("a month is closed and opened again", async ({ page }) => {
  await page.goto(REPRICE);
  const months = page.getByRole("button", { name: /^Close / });
  const name = (await months.last().getAttribute("aria-label"))?.replace("Close ", "") ?? "";
  await months.last().click();
  await page.getByRole("dialog").getByRole("button", { name: "Close month" }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText(/closed .* by Mira Kovac/);
  await page.getByRole("button", { name: `Reopen ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reopen month" }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("open");
});
