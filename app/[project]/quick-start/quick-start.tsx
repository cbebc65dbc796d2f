import { Users } from "lucide-react";
import { headers } from "next/headers";
import Link from "next/link";
import { Main } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { listApiKeys } from "@/lib/auth/api-keys";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { bookSummary } from "@/lib/pricing/book";
import { FirstCallRail } from "./first-call-rail";
import { Steps } from "./steps";

/** A whole page for a project without calls: how to send one, and what becomes of it, live. */
export async function QuickStart({ slug }: { slug: string }) {
  const { project, role, scope } = await requireProject(slug);
  const mayMakeKeys = hasRole(role, "member");
  const keys = mayMakeKeys ? await listApiKeys(scope) : [];
  const key = keys.find(({ revokedAt, scopes }) => revokedAt === null && scopes.includes("ingest"));
  const sent = await headers();
  const siteUrl = `${sent.get("x-forwarded-proto")?.split(",")[0] ?? "http"}://${sent.get("host")}`;
  return (
    <Main>
      <div className="max-w-[1120px]">
        <PageHeader
          title="Quick start"
          question="One request, then the first call appears here priced"
          actions={
            hasRole(role, "owner") && (
              <Button asChild>
                <Link href={`/${project.slug}/settings/members`}>
                  <Users />
                  Invite
                </Link>
              </Button>
            )
          }
        />
        <div className="grid items-start gap-8 min-[1001px]:grid-cols-[minmax(0,1fr)_372px] max-[1000px]:gap-5">
          <Steps slug={project.slug} siteUrl={siteUrl} mayMakeKeys={mayMakeKeys} />
          <FirstCallRail
            slug={project.slug}
            book={bookSummary()}
            storedKey={key ? { prefix: key.prefix, environment: key.environment } : null}
          />
        </div>
      </div>
    </Main>
  );
}
