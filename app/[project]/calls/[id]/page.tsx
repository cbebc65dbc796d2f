import { notFound } from "next/navigation";
import { Main } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/shell/page-header";
import { PanelFrame } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { findCall } from "@/lib/calls/read";
import { now } from "@/lib/clock";
import { formatDateTime } from "@/lib/format";
import { type PageProps, readView } from "../../view";
import { CallCard } from "../call-card";

export const metadata = { title: "Call" };

/** One call: its tokens, the lines of its price with their rates and sources, and what it belongs to. */
export default async function CallPage({ params }: PageProps<"project" | "id">) {
  const { project, id } = await params;
  const { scope } = await requireProject(project);
  const [call, ...more] = await findCall(scope, decodeURIComponent(id));
  if (!call) notFound();
  const view = readView(project, `/calls/${id}`, {}, now());
  return (
    <Main>
      <PageHeader
        crumbs={[{ label: "Calls", href: `${view.base}/calls` }]}
        title={<span className="mono [h1_&]:text-[19px]!">{call.requestId}</span>}
        question={formatDateTime(call.occurredAt)}
      />
      <PanelFrame label="Call" className="max-w-[640px]">
        <CallCard lines={[call, ...more]} view={view} />
      </PanelFrame>
    </Main>
  );
}
