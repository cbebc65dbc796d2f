import type { Metadata } from "next";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { readNewestPrices } from "@/lib/pricing/versions";
import { toSearchParams } from "@/lib/reports/query";
import { UnreadableLink } from "../../../panels/unreadable-link";
import { entityName, entityPath, type PageProps } from "../../../view";
import { parsePriceQuery } from "../price-query";
import { findModel } from "./find-model";
import { ModelPanels } from "./model-panels";
import { UnknownModel } from "./unknown-model";

export const metadata: Metadata = { title: "Price of a model" };

/** What did and does this model cost, where does the figure come from, and how is it spelled? */
export default async function ModelPricePage({ params, searchParams }: PageProps<"project" | "model">) {
  const [{ project: slug, model: segment }, asked] = await Promise.all([params, searchParams]);
  const { project, scope, role } = await requireProject(slug);
  const prices = await readNewestPrices(scope);
  const at = now();
  const base = `/${encodeURIComponent(project.slug)}`;
  const name = entityName(segment, asked.id);
  const parsed = parsePriceQuery(toSearchParams(asked), prices, at);
  if (!parsed.ok) {
    const { path } = entityPath(`${base}/settings/prices`, name);
    return <UnreadableLink view={{ path, errors: parsed.errors }} plain="Show today's price" />;
  }
  const isMember = hasRole(role, "member");
  const model = findModel(prices, name, parsed.query.on);
  if (!model) return <UnknownModel {...{ base, prices, name, isMember }} on={parsed.query.on} />;
  return <ModelPanels {...{ base, prices, model, query: parsed.query, isMember, now: at }} />;
}
