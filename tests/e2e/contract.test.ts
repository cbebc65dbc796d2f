import { expect, type Page, test } from "@playwright/test";

const CONTRACT = "/acme-assist/settings/contract";
const NOTE = "e2e: agreed with our gateway";

const dialogOf = (page: Page) => page.getByRole("dialog");
const rowOf = (page: Page) => page.getByRole("table", { name: "Overrides" }).getByRole("row").filter({ hasText: NOTE });

test("a discount is added, listed, ended, removed and restored", async ({ page }) => {
  await page.goto(CONTRACT);
  await page.getByRole("link", { name: "Discount or premium" }).click();
  await expect(page).toHaveURL(/\?new=adjustment$/);
  const dialog = dialogOf(page);
  const percent = dialog.getByLabel("Percent");

  await percent.fill("150");
  await dialog.getByRole("button", { name: "Add to the contract" }).click();
  await expect(percent).toHaveAttribute("aria-invalid", "true");
  await expect(percent).toHaveAccessibleDescription("A discount must be at most 100%");

  await percent.fill("12.5");
  await dialog.getByLabel("Provider").click();
  await page.getByPlaceholder("Find a provider").fill("anthropic");
  await page.keyboard.press("Enter");
  await dialog.getByLabel("Model").click();
  await page.getByPlaceholder("Find a model").fill("claude-opus-5");
  await page.getByRole("option", { name: "claude-opus-5 anthropic", exact: true }).click();
  await expect(dialog.getByText("Claude Opus 5, input: $5.00 → $4.375 per million tokens")).toBeVisible();
  await dialog.getByLabel("Platform").click();
  await page.getByPlaceholder("Find or type a platform").fill("our gateway");
  await page.getByRole("option", { name: "Use “our gateway”" }).click();
  await dialog.getByLabel("First day").fill("2026-01-01");
  await dialog.getByLabel("Note").fill(NOTE);
  await dialog.getByRole("button", { name: "Add to the contract" }).click();

  const saved = page.getByRole("status", { name: "Saved" });
  await expect(saved).toContainText("Added claude-opus-5 on our gateway: 12.5% off the list price, from 1 Jan 2026");
  const reprice = await saved.getByRole("link", { name: "Re-price stored calls" }).getAttribute("href");
  expect(reprice).toMatch(/\/settings\/reprice\?models=claude-opus-5.*&from=2026-01-01&to=\d{4}-\d\d-\d\d&reason=/);
  await expect(rowOf(page)).toContainText("12.5% off the list price");
  await expect(rowOf(page)).toContainText("from 1 Jan 2026");

  await rowOf(page).getByRole("link", { name: /^End / }).click();
  await dialog.getByLabel("Last day").fill("2025-12-31");
  await dialog.getByRole("button", { name: "Set the last day" }).click();
  await expect(dialog.getByLabel("Last day")).toHaveAccessibleDescription("Must not end before it begins");
  await dialog.getByLabel("Last day").fill("2026-01-31");
  await dialog.getByRole("button", { name: "Set the last day" }).click();
  await expect(rowOf(page)).toContainText("1 Jan 2026 – 31 Jan 2026");

  await rowOf(page)
    .getByRole("link", { name: /^Remove / })
    .click();
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(saved).toContainText("Removed claude-opus-5 on our gateway");
  await expect(page.getByText(NOTE)).toHaveCount(0);

  const versions = page.getByRole("list", { name: "Versions of the prices" });
  await versions
    .getByRole("link", { name: /^Restore/ })
    .first()
    .click();
  await dialog.getByRole("button", { name: "Restore" }).click();
  await expect(rowOf(page)).toContainText("1 Jan 2026 – 31 Jan 2026");
  await rowOf(page)
    .getByRole("link", { name: /^Remove / })
    .click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(NOTE)).toHaveCount(0);
});

test("own rates must cover what a model charges for, and say what it does not", async ({ page }) => {
  await page.goto(`${CONTRACT}?new=rates&model=us.anthropic.claude-opus-4-7`);
  const dialog = dialogOf(page);
  await expect(dialog.getByLabel("Model")).toHaveText("claude-opus-4-7");
  await expect(dialog.getByLabel("Platform")).toHaveText("bedrock");
  await dialog.getByLabel("input", { exact: true }).fill("-4");
  await dialog.getByLabel("output", { exact: true }).fill("0.123456789012345678901234567890");
  await dialog.getByRole("button", { name: "Add to the contract" }).click();
  const described = (name: string) => expect(dialog.getByLabel(name, { exact: true }));
  await described("input").toHaveAccessibleDescription("Must not be negative");
  await described("output").toHaveAccessibleDescription("Has 30 decimals: at most 6 are accepted");
  await described("cache read").toHaveAccessibleDescription("Missing: give a rate, or say that there is none");
});

test("an alias must not shadow a known id; any string is a name", async ({ page }) => {
  const name = 'arn:x/claude-opus-5"><b>team</b>';
  await page.goto(`${CONTRACT}?new=alias&model=claude-opus-5&target=claude-haiku-4-5`);
  const dialog = dialogOf(page);
  await dialog.getByRole("button", { name: "Add to the contract" }).click();
  await expect(dialog.getByLabel("Name that calls are sent with")).toHaveAccessibleDescription(
    "claude-opus-5 is an id of the price book (Claude Opus 5): an alias must not shadow a known id",
  );
  await page.goto(`${CONTRACT}?new=alias&model=${encodeURIComponent(name)}`);
  await expect(dialog.getByLabel("Name that calls are sent with")).toHaveText(name);
  await dialog.getByRole("button", { name: "claude-opus-5", exact: true }).click();
  await expect(dialog.getByLabel("Priced as")).toHaveText("claude-opus-5");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(new RegExp(`${CONTRACT}$`));
});
