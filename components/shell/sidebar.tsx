import { Suspense } from "react";
import { IngestState, type LastCall } from "@/components/shell/ingest-state";
import { Logo } from "@/components/shell/mark";
import { Nav, SettingsLink } from "@/components/shell/nav";
import { type Person, PersonMenu } from "@/components/shell/person-menu";
import { ProjectSwitcher, type SwitcherProject } from "@/components/shell/project-switcher";
import { HelpButton } from "@/components/shell/shortcuts";

export type SidebarProps = Readonly<{
  project: SwitcherProject;
  projects: readonly SwitcherProject[];
  /** Environments that have sent calls or have a key. */
  environments: readonly string[];
  person: Person;
  lastCall: LastCall;
  /** A server action that looks for the newest call again. */
  loadLastCall: () => Promise<LastCall>;
}>;

/** What stands in the sidebar, on a wide screen and in the sheet of a narrow one. */
export function Sidebar({ project, projects, environments, person, lastCall, loadLastCall }: SidebarProps) {
  const base = `/${project.slug}`;
  return (
    <div className="flex h-full flex-col overflow-y-auto p-2.5">
      <div className="px-1.5 pt-1 pb-2.5">
        <Logo />
      </div>
      <Suspense>
        <ProjectSwitcher project={project} projects={projects} environments={environments} />
        <Nav base={base} />
      </Suspense>
      <div className="mt-auto pt-6">
        <div className="border-border border-t px-2 pt-[9px]">
          <div className="-mx-2 mb-[7px]">
            <Suspense>
              <SettingsLink base={base} />
            </Suspense>
          </div>
          <IngestState project={project.slug} lastCall={lastCall} load={loadLastCall} />
          <div className="flex items-center gap-2 pt-[5px]">
            <PersonMenu person={person} />
            <HelpButton />
          </div>
        </div>
      </div>
    </div>
  );
}
