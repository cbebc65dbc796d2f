import type { Metadata } from "next";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { readNewestPrices } from "@/lib/pricing/versions";
import { toSearchParams } from "@/lib/reports/query";
import { UnreadableLink } from "../../panels/unreadable-link";
import type { PageProps } from "../../view";
import { AgeNotice } from "./age-notice";
import { PriceListPanel } from "./price-list-panel";
import { parsePriceQuery } from "./price-query";

export const metadata: Metadata = { title: "Prices" };

/** What does a million tokens cost, where does the figure come from, and what changed? */
export default async function PricesPage({ params, searchParams }: PageProps) {
  const { project, scope } = await requireProject((await params).project);
  const prices = await readNewestPrices(scope);
  const asked = toSearchParams(await searchParams);
  const at = now();
  const parsed = parsePriceQuery(asked, prices, at);
  const base = `/${encodeURIComponent(project.slug)}`;
  if (!parsed.ok) {
    return <UnreadableLink view={{ path: `${base}/settings/prices`, errors: parsed.errors }} plain="Show all prices" />;
  }
  return (
    <>
      <AgeNotice asOf={prices.book.asOf} now={at} />
      <PriceListPanel base={base} params={asked} prices={prices} query={parsed.query} now={at} />
    </>
  );
}
