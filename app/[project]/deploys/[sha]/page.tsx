import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { entityName, entityPath, type PageProps, readView } from "../../view";
import { DeployFrame } from "./deploy-frame";
import { DeployStrip } from "./deploy-strip";
import { FeatureEffects } from "./feature-effects";
import { checkAgainst } from "./read-deploy";
import { VerdictPanel } from "./verdict-panel";
import { WhatChanged } from "./what-changed";
import { WhatToCheck } from "./what-to-check";

export const metadata = { title: "Deploy" };

/** What did this deploy change in the cost, and why? */
export default async function DeployPage({ params, searchParams }: PageProps<"project" | "sha">) {
  const [{ project, sha: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const sha = entityName(segment, query.id);
  const { path } = entityPath("/deploys", sha);
  const view = await checkAgainst(scope, readView(project, path, query, now(), { dimension: "deploy", value: sha }));
  const panel = { scope, view };
  return (
    <DeployFrame {...panel} sha={sha}>
      <PanelGrid>
        <DeployStrip {...panel} />
        <VerdictPanel {...panel} />
        <WhatToCheck {...panel} />
        <WhatChanged {...panel} />
        <FeatureEffects {...panel} />
      </PanelGrid>
    </DeployFrame>
  );
}
