import path from "node:path";
import { expect, test } from "@playwright/test";

test("the link that the demo prints signs in, once", async ({ page, browser }) => {
  const { E2E_SIGN_IN_LINK: link = "", E2E_DIR = "" } = process.env;
  await page.goto(link);
  const button = page.getByRole("button", { name: /sign in|continue/i });
  if (await button.isVisible()) await button.click();
  await expect(page.getByRole("navigation").first()).toBeVisible();
  await page.context().storageState({ path: path.join(E2E_DIR, "signed-in.json") });

  const stranger = await browser.newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole("navigation")).toHaveCount(0);
  await stranger.close();
});
