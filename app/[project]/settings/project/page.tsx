import type { Metadata } from "next";
import { Panel, PanelBody } from "@/components/shell/panel";
import { listEnvironments } from "@/lib/auth/projects";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { createAnother, rename } from "./actions";
import { Environments } from "./environments";
import { NameForm } from "./name-form";

export const metadata: Metadata = { title: "Project" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project, role } = await requireProject((await params).project, "member");
  const { slug, name } = project;
  const environments = await listEnvironments(project.id);
  const mayChange = hasRole(role, "owner");
  return (
    <>
      <Panel title="Project" question={`Its address stays /${slug}, whatever its name`}>
        <PanelBody>
          {mayChange ? (
            <NameForm action={rename.bind(null, slug)} field="name" label="Name" value={name} verb="Rename" />
          ) : (
            name
          )}
        </PanelBody>
      </Panel>
      <Environments slug={slug} names={environments} mayChange={mayChange} />
      {mayChange && (
        <Panel title="Another project" question="For a product with its own people and keys">
          <PanelBody>
            <NameForm action={createAnother.bind(null, slug)} field="name" label="Name" verb="Create project" />
          </PanelBody>
        </Panel>
      )}
    </>
  );
}
