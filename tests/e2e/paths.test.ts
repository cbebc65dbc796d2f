import { expect, type Locator, type Page, test } from "@playwright/test";

/** From a bar or a row on the overview to the calls themselves: at most so many clicks. */
const MOST_CLICKS = 5;

/** Follows links by clicking, and notes where each led. */
class Path {
  readonly #stops: string[] = [];
  constructor(readonly page: Page) {}

  async start(): Promise<void> {
    await this.page.goto("/acme-assist");
    await expect(this.page.getByRole("table", { name: "Tenants" })).toBeVisible();
    this.#stops.push(this.page.url());
  }

  /** One click; `leadsTo` is what must be seen then. */
  async click(what: Locator, leadsTo: Locator): Promise<void> {
    await this.#follow(() => what.click(), leadsTo);
  }

  /** One click on the bar of a day of the chart, which the keyboard reaches as well. */
  async chooseBar(text: RegExp, leadsTo: Locator): Promise<void> {
    const chart = this.page.getByRole("slider", { name: /^Cost per (day|hour)/ });
    await expect(async () => {
      await chart.focus();
      await this.page.keyboard.press("Home");
      await expect(chart).not.toHaveAttribute("aria-valuetext", "no bucket chosen", { timeout: 500 });
    }).toPass();
    for (let at = 0; at < 40 && !text.test((await chart.getAttribute("aria-valuetext")) ?? ""); at += 1) {
      await this.page.keyboard.press("ArrowRight");
    }
    await expect(chart).toHaveAttribute("aria-valuetext", text);
    await this.#follow(() => this.page.keyboard.press("Enter"), leadsTo);
  }

  async #follow(act: () => Promise<void>, leadsTo: Locator): Promise<void> {
    const from = this.page.url();
    await act();
    await expect(this.page).not.toHaveURL(from);
    await expect(leadsTo.first()).toBeVisible();
    this.#stops.push(this.page.url());
  }

  /** Few enough clicks, Back leads through every stop, and the last one can be sent to somebody else. */
  async end(): Promise<void> {
    expect(this.#stops.length - 1).toBeLessThanOrEqual(MOST_CLICKS);
    const last = this.#stops.at(-1) ?? "";
    for (const stop of this.#stops.slice(0, -1).reverse()) {
      await this.page.goBack();
      await expect(this.page).toHaveURL(stop);
    }
    await this.page.goto(last);
    await expect(this.page).toHaveURL(last);
    await expect(callHeading(this.page)).toBeVisible();
  }
}

/** The side panel of one call, headed by its request. */
const callHeading = (page: Page) => page.getByRole("complementary").getByText(/^req_/).first();
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const callRows = (page: Page) => page.getByRole("table", { name: "Calls" }).locator("tbody").getByRole("link");

async function openFirstCall(path: Path): Promise<void> {
  await path.click(callRows(path.page).first(), callHeading(path.page));
}

test.describe("from the overview to the calls in at most five clicks", () => {
  test("the deploy that lost the cache", async ({ page }) => {
    const path = new Path(page);
    await path.start();
    await path.click(page.getByRole("link", { name: /a1b2c3d/ }).first(), heading(page, /a1b2c3d/));
    await expect(page.getByText(/support-reply stopped reading its cache/)).toBeVisible();
    await path.click(page.getByRole("link", { name: /^See the [\d,]+ calls$/ }), callRows(page));
    await openFirstCall(path);
    await path.end();
  });

  test("the deploy that left a tool result whole", async ({ page }) => {
    const path = new Path(page);
    await path.start();
    await path.click(page.getByRole("link", { name: /4be7719/ }).first(), heading(page, /4be7719/));
    await expect(page.getByText(/doc-search sends more input with each call/)).toBeVisible();
    await path.click(page.getByRole("link", { name: /^See the [\d,]+ calls$/ }), callRows(page));
    await openFirstCall(path);
    await path.end();
  });

  test("the retry storm", async ({ page }) => {
    const path = new Path(page);
    await path.start();
    await path.click(page.getByRole("link", { name: "Prompts", exact: true }), page.getByText("Retry storm").first());
    await path.click(page.getByRole("link", { name: "See the 800 calls" }), callRows(page));
    await openFirstCall(path);
    await expect(page.getByRole("complementary").getByText("9c41e07b2f6ad815")).toBeVisible();
    await path.end();
  });

  for (const [story, tenant] of [
    ["the tenant that halves", "Globex"],
    ["the tenant that arrived", "Adatum"],
    ["the tenant that grows", "Northwind"],
  ] as const) {
    test(story, async ({ page }) => {
      const path = new Path(page);
      await path.start();
      await path.click(
        page.getByRole("table", { name: "Tenants" }).getByRole("link", { name: tenant, exact: true }),
        heading(page, tenant),
      );
      await path.click(page.getByRole("link", { name: "see the calls" }), callRows(page));
      await openFirstCall(path);
      await path.end();
    });
  }

  test("the model without a price", async ({ page }) => {
    const path = new Path(page);
    await path.start();
    const unpriced = page.getByRole("listitem").filter({ hasText: "claude-mythos-preview" });
    await path.click(unpriced.getByRole("link"), callRows(page));
    await openFirstCall(path);
    await path.end();
  });

  test("the nightly batch, from a bar to its hour", async ({ page }) => {
    const path = new Path(page);
    await path.start();
    await path.chooseBar(/^(Mon|Tue|Wed|Thu|Fri)/, page.getByRole("slider", { name: /^Cost per hour/ }));
    await path.chooseBar(/02:00/, page.getByRole("button", { name: /02:00 – 03:00/ }));
    const legend = page.getByRole("table").filter({ hasText: "Share" });
    await path.click(legend.getByRole("link", { name: "call-summary" }), heading(page, "call-summary"));
    await path.click(page.getByRole("link", { name: "see the calls" }), callRows(page));
    await openFirstCall(path);
    await path.end();
  });
});
