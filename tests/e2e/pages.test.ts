import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { DOORS } from "@/app/[project]/quick-start/doors";
import { NAVIGATION, SETTINGS_ITEM } from "@/components/shell/navigation";

const SETTINGS = [
  "/settings/account",
  "/settings/api-keys",
  "/settings/sources",
  "/settings/members",
  "/settings/project",
  "/settings/prices",
  "/settings/prices?show=changes",
  "/settings/mapping",
  "/settings/mapping?door=claude-code",
  "/settings/mapping?door=litellm",
  "/settings/reprice",
  "/settings/unpriced",
  "/settings/contract",
  "/settings/contract?new=adjustment",
  "/settings/contract?new=rates&model=private",
  "/settings/contract?new=alias&model=private",
];
const QUICK_START = DOORS.map(({ key }) => `/quick-start?door=${key}`);
const LISTED = [...NAVIGATION.flatMap(({ items }) => items), SETTINGS_ITEM].map(({ path }) => path);
/** Pages with a list, from which the page of its first entry is reached. */
const LISTS = [
  "/tenants",
  "/features",
  "/deploys",
  "/prompts",
  "/models",
  "/calls",
  "/tasks",
  "/sessions",
  "/settings/prices",
];

/** Opens a page of the project and waits until every panel has its content. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto("/");
  await page.waitForURL(/\/[a-z0-9-]+(\?.*)?$/);
  const project = new URL(page.url()).pathname;
  await page.goto(`${project}${path}`);
  // Behind an open dialog the page is hidden from assistive technology, not from the eye.
  await expect(page.getByRole("heading", { level: 1, includeHidden: true })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

/** Whatever the browser complains about: errors in the console, exceptions, answers of the server that failed. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on(
    "response",
    (response) => response.status() >= 500 && complaints.push(`${response.status()} ${response.url()}`),
  );
  return complaints;
}

async function expectSound(page: Page, complaints: readonly string[]): Promise<void> {
  expect.soft(complaints).toEqual([]);
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`)).toEqual([]);
}

for (const path of [...new Set([...LISTED, ...SETTINGS, ...QUICK_START, "/import", "/deploys/bisect"])]) {
  test(`the page ${path || "/"} is whole, accessible and as wide as the window`, async ({ page }) => {
    const complaints = complaintsOf(page);
    await open(page, path);
    await expectSound(page, complaints);
  });
}

for (const path of LISTS) {
  test(`the page of the first entry of ${path} is whole, accessible and as wide as the window`, async ({ page }) => {
    const complaints = complaintsOf(page);
    await open(page, path);
    const { pathname } = new URL(page.url());
    // Rows arrive after the page: this waits for the first of them.
    const entry = await page.locator(`main a[href^="${pathname}/"]`).first().getAttribute("href");
    await page.goto(entry ?? "no entry");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expectSound(page, complaints);
  });
}

test("the overview is as accessible in the dark", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const complaints = complaintsOf(page);
  await open(page, "");
  await expect(page.locator("html")).toHaveClass(/dark/);
  await expectSound(page, complaints);
});
