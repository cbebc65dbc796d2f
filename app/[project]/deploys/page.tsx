import Link from "next/link";
import { Suspense } from "react";
import { PanelGrid } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView, there } from "../view";
import { CostPerCall } from "./cost-per-call";
import { DeployTable } from "./deploy-table";
import { UncalledDeploys } from "./uncalled-deploys";

export const metadata = { title: "Deploys" };

/** Which deploy changed the cost? */
export default async function DeploysPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/deploys", await searchParams, now());
  return (
    <ReportPage
      view={view}
      title="Deploys"
      question="Which deploy changed the cost?"
      actions={
        <Button asChild>
          <Link href={there(view, "/deploys/bisect")}>Bisect</Link>
        </Button>
      }
    >
      <PanelGrid>
        <CostPerCall scope={scope} view={view} />
        <DeployTable scope={scope} view={view} />
        <Suspense>
          <UncalledDeploys scope={scope} view={view} />
        </Suspense>
      </PanelGrid>
    </ReportPage>
  );
}
