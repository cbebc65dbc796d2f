import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { CsvAction } from "../panels/csv-action";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { CacheByFeature } from "./cache-by-feature";
import { CacheFigures } from "./cache-figures";
import { HitOverTime } from "./hit-over-time";
import { LifetimePanel } from "./lifetime-panel";
import { ShortPrompts } from "./short-prompts";
import { UnstablePrefixes } from "./unstable-prefixes";

export const metadata = { title: "Cache" };

/** Where is the cache lost, and what does it cost? */
export default async function CachePage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/cache", await searchParams, now());
  const panel = { scope, view };
  return (
    <ReportPage
      view={view}
      title="Cache"
      question="Where is the cache lost, and what does it cost?"
      actions={<CsvAction view={view} report="cache-savings" />}
    >
      <PanelGrid>
        <CacheFigures {...panel} />
        <HitOverTime {...panel} />
        <LifetimePanel {...panel} />
        <CacheByFeature {...panel} />
        <UnstablePrefixes {...panel} />
        <ShortPrompts {...panel} />
      </PanelGrid>
    </ReportPage>
  );
}
