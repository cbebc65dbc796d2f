import type { ReactNode } from "react";
import { loadLastCall } from "@/app/[project]/load-last-call";
import { AppShell } from "@/components/shell/app-shell";
import { listProjects, requireProject } from "@/lib/auth/require-user";
import { readIngestState } from "@/lib/calls/ingest-state";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";

/** The shell around every page of a project; whoever may not see the project gets no further. */
export default async function ProjectLayout({
  params,
  children,
}: {
  params: Promise<{ project: string }>;
  children: ReactNode;
}) {
  const { user, project, scope } = await requireProject(decodeURIComponent((await params).project));
  const [projects, state] = await Promise.all([listProjects(user.id), readIngestState(scope)]);
  return (
    <AppShell
      isDemo={env().SPENDTRACE_DEMO}
      project={project}
      projects={projects.map(({ slug, name }) => ({ slug, name }))}
      environments={state.environments}
      person={{ name: user.name, email: user.email }}
      lastCall={{ at: state.lastCallAt, now: now() }}
      loadLastCall={loadLastCall.bind(null, project.slug)}
    >
      {children}
    </AppShell>
  );
}
