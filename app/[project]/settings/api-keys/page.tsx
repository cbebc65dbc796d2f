import type { Metadata } from "next";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { listApiKeys } from "@/lib/auth/api-keys";
import { listEnvironments } from "@/lib/auth/projects";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { KeyTable } from "./key-table";
import { MakeKey } from "./make-key";

export const metadata: Metadata = { title: "API keys" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project, scope } = await requireProject((await params).project, "member");
  const [keys, environments] = await Promise.all([listApiKeys(scope), listEnvironments(project.id)]);
  const live = keys.filter(({ revokedAt }) => revokedAt === null).length;
  return (
    <Panel
      title="API keys"
      question="Who may send calls, who may read reports?"
      right={
        <>
          <PanelCount>{live} in use</PanelCount>
          <MakeKey slug={project.slug} environments={environments} />
        </>
      }
    >
      <KeyTable slug={project.slug} keys={keys} now={now()} />
      <PanelFoot>
        A key belongs to this project and to one environment. Only its hash is kept: it is shown once.
      </PanelFoot>
    </Panel>
  );
}
