import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { FeatureTable } from "./feature-table";
import { InputPerCall } from "./input-per-call";
import { TypicalInput } from "./typical-input";

export const metadata = { title: "Features" };

/** Which feature, and why does it drift? */
export default async function FeaturesPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/features", await searchParams, now());
  return (
    <ReportPage view={view} title="Features" question="Which feature, and why does it drift?">
      <PanelGrid>
        <InputPerCall scope={scope} view={view} />
        <FeatureTable scope={scope} view={view} />
        <TypicalInput scope={scope} view={view} />
      </PanelGrid>
    </ReportPage>
  );
}
