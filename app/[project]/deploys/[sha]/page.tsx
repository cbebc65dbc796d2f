import { Suspense } from "react";
import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { formatSha } from "@/lib/format";
import { ReportPage } from "../../panels/report-page";
import { entityName, entityPath, type PageProps, readView, there } from "../../view";
import { DeployFacts, DeployPager } from "./deploy-facts";
import { DeployStrip } from "./deploy-strip";
import { FeatureEffects } from "./feature-effects";
import { VerdictPanel } from "./verdict-panel";
import { WhatChanged } from "./what-changed";
import { WhatToCheck } from "./what-to-check";

type Props = PageProps<"project" | "sha">;

/** What did this deploy change in the cost, and why? */
export default async function DeployPage({ params, searchParams }: Props) {
  const [{ project, sha: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const sha = entityName(segment, query.id);
  const { path } = entityPath("/deploys", sha);
  const view = readView(project, path, query, now(), { dimension: "deploy", value: sha });
  const panel = { scope, view };
  const frame = {
    view,
    hasPeriod: false,
    crumbs: [{ label: "Deploys", href: there({ ...view, own: null }, "/deploys") }],
    title: <span className="mono [h1_&]:text-[19px]!">{formatSha(sha)}</span>,
    question: (
      <Suspense fallback="Reading its first call">
        <DeployFacts {...panel} />
      </Suspense>
    ),
    actions: (
      <Suspense>
        <DeployPager {...panel} />
      </Suspense>
    ),
  };
  return (
    <ReportPage {...frame}>
      <PanelGrid>
        <DeployStrip {...panel} />
        <VerdictPanel {...panel} />
        <WhatToCheck {...panel} />
        <WhatChanged {...panel} />
        <FeatureEffects {...panel} />
      </PanelGrid>
    </ReportPage>
  );
}
