import { Users } from "lucide-react";
import { headers } from "next/headers";
import Link from "next/link";
import { Main } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { listApiKeys } from "@/lib/auth/api-keys";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { findNewestCall } from "@/lib/calls/newest-call";
import { bookSummary } from "@/lib/pricing/book";
import { DOORS, type DoorKey } from "./doors";
import { FirstCallRail } from "./first-call-rail";
import { Steps } from "./steps";

/** How to send calls by each way in, and what becomes of the next one, live: the whole page of a project that has none. */
export async function QuickStart({ slug, door = DOORS[0].key }: { slug: string; door?: DoorKey }) {
  const { project, role, scope } = await requireProject(slug);
  const mayMakeKeys = hasRole(role, "member");
  const [keys, newest] = await Promise.all([mayMakeKeys ? listApiKeys(scope) : [], findNewestCall(scope)]);
  const key = keys.find(({ revokedAt, scopes }) => revokedAt === null && scopes.includes("ingest"));
  const sent = await headers();
  const siteUrl = `${sent.get("x-forwarded-proto")?.split(",")[0] ?? "http"}://${sent.get("host")}`;
  return (
    <Main>
      <div className="max-w-[1120px]">
        <PageHeader
          title="Quick start"
          question={`Five lines, then the ${newest ? "next" : "first"} call appears here priced`}
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
          <Steps slug={project.slug} siteUrl={siteUrl} door={door} mayMakeKeys={mayMakeKeys} />
          <FirstCallRail
            slug={project.slug}
            book={bookSummary()}
            after={newest?.occurredAt.toISOString() ?? null}
            storedKey={key ? { prefix: key.prefix, environment: key.environment } : null}
          />
        </div>
      </div>
    </Main>
  );
}
