import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../../panels/report-page";
import { entityName, entityPath, type PageProps, readView, there } from "../../view";
import { FeaturePanels } from "./feature-panels";

type Props = PageProps<"project" | "feature">;

export const metadata = { title: "Feature" };

/** Why does this feature drift: its input per call, what changed its cost, who and what uses it. */
export default async function FeaturePage({ params, searchParams }: Props) {
  const [{ project, feature: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const feature = entityName(segment, query.id);
  const { path } = entityPath("/features", feature);
  const view = readView(project, path, query, now(), { dimension: "feature", value: feature });
  const crumbs = [{ label: "Features", href: there({ ...view, own: null }, "/features") }];
  return (
    <ReportPage view={view} crumbs={crumbs} title={feature} question="Why does it drift, and who pays for it?">
      <FeaturePanels scope={scope} view={view} feature={feature} />
    </ReportPage>
  );
}
