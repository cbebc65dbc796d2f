import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../../panels/report-page";
import { entityName, entityPath, type PageProps, readView, there } from "../../view";
import { ModelPanels } from "./model-panels";

export const metadata = { title: "Model" };

/** What does this model cost, for which tokens, and who uses it? */
export default async function ModelPage({ params, searchParams }: PageProps<"project" | "model">) {
  const [{ project, model: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const model = entityName(segment, query.id);
  const { path } = entityPath("/models", model);
  const view = readView(project, path, query, now(), { dimension: "model", value: model });
  const crumbs = [{ label: "Models", href: there({ ...view, own: null }, "/models") }];
  return (
    <ReportPage
      view={view}
      crumbs={crumbs}
      title={model}
      question="What does it cost, for which tokens, and who uses it?"
    >
      <ModelPanels scope={scope} view={view} />
    </ReportPage>
  );
}
