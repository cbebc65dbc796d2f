import type { ReactNode } from "react";
import { Main } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/shell/page-header";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import type { Role } from "@/lib/auth/scope";
import { SubNav } from "./sub-nav";
import { InboxBadge } from "./unpriced/inbox-count";

/** The pages of the settings, and who may see them. */
const TABS: readonly Readonly<{ page: string; label: string; minRole: Role }>[] = [
  { page: "api-keys", label: "API keys", minRole: "member" },
  { page: "sources", label: "Sources", minRole: "viewer" },
  { page: "members", label: "Members", minRole: "member" },
  { page: "project", label: "Project", minRole: "member" },
  { page: "prices", label: "Prices", minRole: "viewer" },
  { page: "contract", label: "Contract", minRole: "member" },
  { page: "mapping", label: "Mapping", minRole: "member" },
  { page: "unpriced", label: "Unpriced", minRole: "viewer" },
  { page: "reprice", label: "Re-price", minRole: "member" },
  { page: "account", label: "Account", minRole: "viewer" },
];

export default async function Layout({ params, children }: LayoutProps) {
  const { project: slug } = await params;
  const { role, scope } = await requireProject(slug);
  const tabs = TABS.filter(({ minRole }) => hasRole(role, minRole)).map(({ page, label }) => ({
    href: `/${slug}/settings/${page}`,
    label,
    badge: page === "unpriced" && <InboxBadge scope={scope} />,
  }));
  return (
    <Main>
      <PageHeader title="Settings" question="Who and what may get in, and what a call costs" />
      <SubNav tabs={tabs} />
      <div className="grid max-w-[1120px] gap-3">{children}</div>
    </Main>
  );
}

type LayoutProps = { params: Promise<{ project: string }>; children: ReactNode };
