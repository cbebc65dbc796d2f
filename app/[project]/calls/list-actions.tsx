import { Download } from "lucide-react";
import { Suspense } from "react";
import { PanelCount } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { here } from "../view";
import { CALL_COLUMNS, type CallColumn } from "./call-columns";
import type { CallView } from "./call-view";
import { COLUMNS_COOKIE, DEFAULT_COLUMNS } from "./chosen-columns";
import { ColumnMenu } from "./column-menu";
import { CopyCurl } from "./copy-curl";
import { readCallSums } from "./read-call-sums";

type Props = { scope: Scope; page: CallView; columns: readonly CallColumn[] };

const OFFERED = CALL_COLUMNS.filter(({ key }) => key !== "time").map(({ key, name, label }) => ({
  key,
  name: name ?? label,
}));

/** What the list offers: its columns, the same question as a command, and all of its calls as CSV. */
export function ListActions({ scope, page, columns }: Props) {
  const csvHref = exportCallsHref(page);
  const download = (text: string) => (
    <Button asChild variant="ghost" size="small">
      <a href={csvHref} download aria-label={text}>
        <Download />
        <span className="max-phone:hidden">{text}</span>
      </a>
    </Button>
  );
  return (
    <>
      <Suspense>
        <Count scope={scope} page={page} />
      </Suspense>
      <ColumnMenu
        cookie={COLUMNS_COOKIE}
        columns={OFFERED}
        chosen={columns.map(({ key }) => key)}
        usual={DEFAULT_COLUMNS}
      />
      <CopyCurl question={questionOf(page)} />
      <Suspense fallback={download("CSV")}>
        <Csv scope={scope} page={page} download={download} />
      </Suspense>
    </>
  );
}

/** Every call that the page's filters let through, as CSV. */
export function exportCallsHref({ view }: CallView): string {
  return here(
    { ...view, path: `${view.base}/export/calls` },
    { format: "csv", limit: null, sort: null, columns: null },
  );
}

/** What the list shows as a question to the API: `filter.tenant=…&limit=50`. */
function questionOf({ view, query, isBackward }: CallView): string {
  const limit = String(query.limit);
  // The API knows the way forward only.
  const cursor = isBackward ? null : view.params.get("cursor");
  return here({ ...view, path: "" }, { columns: null, bucket: null, limit, cursor }).replace(/^\?/, "");
}

async function Count({ scope, page }: Omit<Props, "columns">) {
  const figures = await readCallSums(scope, page).catch(() => null);
  return figures && <PanelCount>{formatCount(figures.totals.calls)} in all</PanelCount>;
}

async function Csv({
  scope,
  page,
  download,
}: Omit<Props, "columns"> & { download: (text: string) => React.ReactNode }) {
  const figures = await readCallSums(scope, page).catch(() => null);
  if (!figures) return download("CSV");
  const { calls } = figures.totals;
  return calls === 0n ? null : download(`CSV of ${calls === 1n ? "1 call" : `${formatCount(calls)} calls`}`);
}
