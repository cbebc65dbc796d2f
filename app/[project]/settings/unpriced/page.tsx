import type { Metadata } from "next";
import { Panel } from "@/components/shell/panel";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { InboxCount } from "./inbox-count";
import { UnpricedInbox } from "./unpriced-inbox";

export const metadata: Metadata = { title: "Unpriced" };

/** Which calls have no price, and what can be done about it? */
export default async function UnpricedPage({ params }: { params: Promise<{ project: string }> }) {
  const { project, role, scope } = await requireProject((await params).project);
  return (
    <Panel
      title="Unpriced models"
      question="Which calls are in no total, and what can be done about it?"
      height={200}
      right={<InboxCount scope={scope} />}
    >
      <UnpricedInbox scope={scope} slug={project.slug} canSetPrices={hasRole(role, "owner")} />
    </Panel>
  );
}
