import type { Metadata } from "next";
import { Panel, PanelBody, PanelCount } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { listOpenSessions } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { EndOthers } from "./end-others";
import { PasswordForm } from "./password-form";
import { SessionTable } from "./session-table";

export const metadata: Metadata = { title: "Account" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { user, sessionId } = await requireProject((await params).project);
  const at = now();
  const sessions = await listOpenSessions(user.id, at);
  return (
    <>
      <Panel title="Password" question={`Of ${user.email}; changing it signs you out everywhere else`}>
        <PanelBody>
          <PasswordForm email={user.email} />
        </PanelBody>
      </Panel>
      <Panel
        title="Sessions"
        question="Where are you signed in?"
        right={sessions.length > 1 ? <EndOthers /> : <PanelCount>only here</PanelCount>}
      >
        <SessionTable sessions={sessions} ownId={sessionId} now={at} />
      </Panel>
    </>
  );
}
