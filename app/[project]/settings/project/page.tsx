import type { Metadata } from "next";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import { listEnvironments } from "@/lib/auth/projects";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { addOne, createAnother, rename } from "./actions";
import { NameForm } from "./name-form";

export const metadata: Metadata = { title: "Project" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project, role } = await requireProject((await params).project, "member");
  const environments = await listEnvironments(project.id);
  const mayChange = hasRole(role, "owner");
  return (
    <>
      <Panel title="Project" question={`Its address stays /${project.slug}, whatever its name`}>
        <PanelBody>
          {mayChange ? (
            <NameForm
              action={rename.bind(null, project.slug)}
              field="name"
              label="Name"
              value={project.name}
              verb="Rename"
            />
          ) : (
            project.name
          )}
        </PanelBody>
      </Panel>
      <Panel title="Environments" question="Which runs of the product are told apart?">
        <PanelBody>
          <ul className="mb-3 flex flex-wrap gap-1.5">
            {environments.map((name) => (
              <li key={name}>
                <Badge>{name}</Badge>
              </li>
            ))}
          </ul>
          {mayChange && (
            <NameForm action={addOne.bind(null, project.slug)} field="environment" label="New environment" verb="Add" />
          )}
        </PanelBody>
        <PanelFoot>A call belongs to the environment of the key it was sent with.</PanelFoot>
      </Panel>
      {mayChange && (
        <Panel title="Another project" question="For a product with its own people and keys">
          <PanelBody>
            <NameForm action={createAnother.bind(null, project.slug)} field="name" label="Name" verb="Create project" />
          </PanelBody>
        </Panel>
      )}
    </>
  );
}
