import type { Metadata } from "next";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { CsvAction } from "../../panels/csv-action";
import { ReportPage } from "../../panels/report-page";
import { entityName, entityPath, type PageProps, readView, shortName, there } from "../../view";
import { TenantPanels } from "./tenant-panels";

type Props = PageProps<"project" | "tenant">;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  return { title: entityName((await params).tenant, (await searchParams).id) };
}

/** One tenant: what it costs, and how that is changing. */
export default async function TenantPage({ params, searchParams }: Props) {
  const [{ project, tenant: segment }, search] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const tenant = entityName(segment, search.id);
  const { path } = entityPath("/tenants", tenant);
  const view = readView(project, path, search, now(), { dimension: "tenant", value: tenant });
  return (
    <ReportPage
      view={view}
      title={tenant}
      question={`What does ${shortName(tenant)} cost, and how is that changing?`}
      actions={<CsvAction view={view} report="cost-by-feature" />}
      crumbs={[{ label: "Tenants", href: there(view, "/tenants", { "filter.tenant": null }) }]}
    >
      <TenantPanels scope={scope} view={view} tenant={tenant} />
    </ReportPage>
  );
}
