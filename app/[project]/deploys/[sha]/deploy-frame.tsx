import { type ReactNode, Suspense } from "react";
import type { Scope } from "@/lib/auth/scope";
import { formatSha } from "@/lib/format";
import { ReportPage } from "../../panels/report-page";
import { there, type View } from "../../view";
import { AgainstChoice } from "./against-choice";
import { DeployFacts, DeployPager } from "./deploy-facts";
import { readDeployCoverage } from "./read-deploy";

/** The frame of one deploy: its sha, its first call, the ways to its neighbours. Its span is its own, not a period. */
export function DeployFrame({
  scope,
  view,
  sha,
  children,
}: {
  scope: Scope;
  view: View;
  sha: string;
  children: ReactNode;
}) {
  return (
    <ReportPage
      view={view}
      coverage={readDeployCoverage}
      hasActionsBelow
      hasPeriod={false}
      extra={
        <Suspense>
          <AgainstChoice scope={scope} view={view} />
        </Suspense>
      }
      crumbs={[{ label: "Deploys", href: there({ ...view, own: null }, "/deploys") }]}
      title={<span className="mono [h1_&]:text-[19px]!">{formatSha(sha)}</span>}
      question={
        <Suspense fallback="Reading its first call">
          <DeployFacts scope={scope} view={view} />
        </Suspense>
      }
      actions={
        <Suspense>
          <DeployPager scope={scope} view={view} />
        </Suspense>
      }
    >
      {children}
    </ReportPage>
  );
}
