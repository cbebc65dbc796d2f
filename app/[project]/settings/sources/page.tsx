import type { Metadata } from "next";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { UnreadableLink } from "../../panels/unreadable-link";
import { type PageProps, readView } from "../../view";
import { ClientPanel } from "./client-panel";
import { DroppedPanel } from "./dropped-panel";
import { SourcePanel } from "./source-panel";

export const metadata: Metadata = { title: "Sources" };

/** By which doors do calls come in, who sends them, and what got lost on the way? */
export default async function SourcesPage({ params, searchParams }: PageProps) {
  const { project, scope } = await requireProject((await params).project);
  const view = readView(project.slug, "/settings/sources", await searchParams, now());
  if (view.errors.length > 0) return <UnreadableLink view={view} />;
  return (
    <>
      <SourcePanel scope={scope} view={view} />
      <DroppedPanel scope={scope} view={view} />
      <ClientPanel scope={scope} view={view} />
    </>
  );
}
