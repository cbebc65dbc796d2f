import type { ReactNode } from "react";
import { Main } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/shell/page-header";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { SubNav } from "./sub-nav";

export default async function Layout({ params, children }: LayoutProps) {
  const { project: slug } = await params;
  const { role } = await requireProject(slug);
  const tabs = [
    ...(hasRole(role, "member")
      ? [
          { href: `/${slug}/settings/api-keys`, label: "API keys" },
          { href: `/${slug}/settings/members`, label: "Members" },
          { href: `/${slug}/settings/project`, label: "Project" },
        ]
      : []),
    { href: `/${slug}/settings/account`, label: "Account" },
  ];
  return (
    <Main>
      <PageHeader title="Settings" question="Who and what may get in, and where calls come from" />
      <SubNav tabs={tabs} />
      <div className="grid max-w-[960px] gap-3">{children}</div>
    </Main>
  );
}

type LayoutProps = { params: Promise<{ project: string }>; children: ReactNode };
