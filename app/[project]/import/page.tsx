import type { Metadata } from "next";
import { Main } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/shell/page-header";
import { listEnvironments } from "@/lib/auth/projects";
import { requireProject } from "@/lib/auth/require-user";
import { ImportFlow } from "./import-flow";

export const metadata: Metadata = { title: "Import" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await requireProject((await params).project, "member");
  return (
    <Main>
      <div className="max-w-[1120px]">
        <PageHeader title="Import" question="Which calls lie in files already?" />
        <ImportFlow slug={project.slug} environments={await listEnvironments(project.id)} />
      </div>
    </Main>
  );
}
