import type { Metadata } from "next";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../../panels/report-page";
import { entityName, type PageProps, readView, there } from "../../view";
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
  const view = readView(project, `/tenants/${segment}`, search, now(), { dimension: "tenant", value: tenant });
  return (
    <ReportPage
      view={view}
      title={tenant}
      question={`What does ${tenant} cost, and how is that changing?`}
      crumbs={[{ label: "Tenants", href: there(view, "/tenants", { "filter.tenant": null }) }]}
    >
      <TenantPanels scope={scope} view={view} tenant={tenant} />
    </ReportPage>
  );
}
