import path from "node:path";
import { expect, test } from "@playwright/test";

test("the link that the demo prints signs in, once", async ({ page, browser, baseURL }) => {
  const { E2E_SIGN_IN_LINK: link = "", E2E_DIR = "" } = process.env;
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible({ timeout: 30_000 });
  await page.context().storageState({ path: path.join(E2E_DIR, "signed-in.json") });

  const stranger = await browser.newPage({ baseURL });
  await stranger.goto(link);
  await expect(stranger.getByRole("link", { name: "Sign in with a password" })).toBeVisible();
  await stranger.goto("/");
  await expect(stranger).toHaveURL(/\/sign-in/);
  await stranger.close();
});
