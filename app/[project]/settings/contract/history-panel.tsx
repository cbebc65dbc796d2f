import Link from "next/link";
import { Panel, PanelBody, PanelCount, PanelFoot } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { formatDateTime, formatMinute } from "@/lib/format";
import { type ContractView, type HistoryEntry, repriceHref } from "./read-contract";
import { describeChange } from "./words";

const SHOWN = 10;

type Props = { base: string; view: ContractView; mayChange: boolean; isWhole: boolean };

/** Every version of the prices: what it changed, by whom, and the way back to it. */
export function HistoryPanel({ base, view, mayChange, isWhole }: Props) {
  const { history } = view;
  const shown = isWhole ? history : history.slice(0, SHOWN);
  const hasMore = shown.length < history.length;
  return (
    <Panel
      title="Versions"
      question="What changed, when and by whom?"
      right={<PanelCount>{hasMore ? `${shown.length} of ${history.length}` : history.length}</PanelCount>}
    >
      <PanelBody className="pt-1 pb-0">
        <ol aria-label="Versions of the prices">
          {shown.map((one) => (
            <Version key={one.entry.version} base={base} view={view} one={one} mayChange={mayChange} />
          ))}
        </ol>
      </PanelBody>
      <PanelFoot link={hasMore && <Link href={`${base}/contract?history=all`}>All {history.length} versions</Link>}>
        A version is never changed, only followed. Each call says by which one it was priced.
      </PanelFoot>
    </Panel>
  );
}

function Version({ base, view, one, mayChange }: Pick<Props, "base" | "view" | "mayChange"> & { one: HistoryEntry }) {
  const { entry, changes, formerBook, isOther } = one;
  const isCurrent = entry.version === view.version;
  const [only] = changes;
  const hasHeadline = only && changes.length === 1;
  const href = repriceHref(`${base}/reprice`, view, one);
  return (
    <li className="flex gap-3 border-border border-b py-2.5 last:border-b-0">
      <span className="w-8 shrink-0 max-phone:w-4 font-medium tabular-nums">{entry.version}</span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p>{hasHeadline ? describeChange(only) : entry.reason}</p>
        {changes.length > 1 && (
          <ul className="mt-0.5 text-text-2">
            {changes.map((change) => (
              <li key={change.after?.id ?? change.before?.id}>{describeChange(change)}</li>
            ))}
          </ul>
        )}
        <p className="text-muted-foreground text-note">
          {hasHeadline && entry.reason.startsWith("Restored") && `${entry.reason}, `}
          {entry.by ? `${entry.by}, ` : ""}
          <time dateTime={entry.at.toISOString()} title={formatDateTime(entry.at)}>
            {formatMinute(entry.at)} UTC
          </time>
          , price book {formerBook && `${formerBook} → `}
          {entry.bookVersion}
        </p>
      </div>
      <div className="flex shrink-0 items-start gap-1 max-phone:flex-col max-phone:items-end">
        {mayChange && isCurrent && href && (
          <Button size="small" variant="ghost" asChild>
            <Link href={href}>Re-price</Link>
          </Button>
        )}
        {isCurrent && <span className="px-1.5 py-1 text-muted-foreground text-note">in force</span>}
        {mayChange && isOther && (
          <Button size="small" variant="ghost" asChild>
            <Link
              href={`${base}/contract?restore=${entry.version}`}
              scroll={false}
              prefetch={false}
              aria-label={`Restore the contract of version ${entry.version}`}
            >
              Restore
            </Link>
          </Button>
        )}
      </div>
    </li>
  );
}
