import type { Metadata } from "next";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { listMembers } from "@/lib/auth/members";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { Invite } from "./invite";
import { MemberTable } from "./member-table";

export const metadata: Metadata = { title: "Members" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project, scope, role, user } = await requireProject((await params).project, "member");
  const members = await listMembers(scope);
  const mayChange = hasRole(role, "owner");
  return (
    <Panel
      title="Members"
      question="Who may see what this project spends?"
      right={
        <>
          <PanelCount>{members.length === 1 ? "1 person" : `${members.length} people`}</PanelCount>
          {mayChange && <Invite slug={project.slug} />}
        </>
      }
    >
      <MemberTable slug={project.slug} members={members} mayChange={mayChange} ownId={user.id} />
      <PanelFoot>
        Owners do everything, members also make and revoke API keys, viewers look; a viewer can be held to some tenants.
      </PanelFoot>
    </Panel>
  );
}
