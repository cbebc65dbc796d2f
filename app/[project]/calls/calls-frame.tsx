import { FileUp } from "lucide-react";
import { cookies } from "next/headers";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import { encodeCallId } from "@/lib/calls/call-id";
import type { Call } from "@/lib/calls/read";
import { ReportPage } from "../panels/report-page";
import { CallAside } from "./call-aside";
import { CALL_FILTERS } from "./call-filters";
import type { CallView } from "./call-view";
import { CallsOverTime } from "./calls-over-time";
import { CallsTable } from "./calls-table";
import { COLUMNS_COOKIE, chooseColumns } from "./chosen-columns";
import { readCallsCoverage } from "./read-call-sums";

type Props = {
  scope: Scope;
  page: CallView /** The call that is open beside the list. */;
  lines?: readonly [Call, ...Call[]];
};

/** The list of calls under what they come to, with one call open beside it or none. */
export async function CallsFrame({ scope, page, lines }: Props) {
  const { view } = page;
  const columns = chooseColumns(page.columns, (await cookies()).get(COLUMNS_COOKIE)?.value, lines !== undefined);
  return (
    <ReportPage
      view={view}
      title="Calls"
      question="Show me the rows"
      coverage={(own) => readCallsCoverage(own, page)}
      hasCompare={false}
      own={CALL_FILTERS}
      actions={
        scope.role !== "viewer" && (
          <Button asChild>
            <Link href={`${view.base}/import`}>
              <FileUp />
              Import
            </Link>
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <CallsOverTime scope={scope} page={page} />
        <div className={lines ? "grid items-start gap-3 wide:grid-cols-[minmax(0,1fr)_392px]" : undefined}>
          <div className="min-w-0">
            <CallsTable scope={scope} page={page} columns={columns} openId={lines && encodeCallId(lines[0])} />
          </div>
          {lines && <CallAside scope={scope} view={view} lines={lines} />}
        </div>
      </div>
    </ReportPage>
  );
}
