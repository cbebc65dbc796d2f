import { CompositionBar } from "@/components/charts/composition-bar";
import { Swatch } from "@/components/charts/swatch";
import { Change } from "@/components/shell/change";
import { Panel, PanelBody } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatCompact, formatCount, formatUsd } from "@/lib/format";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { exportMenu, type View } from "../view";
import { NoCalls } from "./no-calls";
import { KINDS, sumOf } from "./stack";
import { exactOf } from "./summarize";

const HEAD = "pb-[5px] font-medium text-head text-muted-foreground text-right first:text-left";
const CELL = "h-[29px] border-border border-b whitespace-nowrap text-right first:text-left max-phone:h-9";

/** Which kinds of tokens cost the money: tokens and money as two bars above each other, and the table that names them. */
export function TokenKinds({ scope, view, span = 4 }: { scope: Scope; view: View; span?: 4 | 5 | 6 }) {
  return (
    <Panel
      title="Token kinds"
      question="Which tokens cost the money?"
      span={span}
      height={290}
      menu={exportMenu(view, "cost-by-token-kind")}
    >
      <Kinds scope={scope} view={view} />
    </Panel>
  );
}

async function Kinds({ scope, view }: { scope: Scope; view: View }) {
  const { rows, totals, coverage, compare } = await runReport(scope, "cost-by-token-kind", {
    ...view.query,
    bucket: null,
    sort: null,
  });
  if (coverage.calls === 0n) return <NoCalls view={view} />;
  const kinds = rows.map((row) => ({ row, key: String(row.token_kind) }));
  const parts = (measure: string) =>
    kinds.map(({ row, key }) => ({
      key,
      label: KINDS[key]?.label ?? key,
      color: KINDS[key]?.color ?? "var(--chart-other)",
      size: Number(sumOf(row, measure)),
    }));
  const used = kinds.filter(({ row }) => sumOf(row, "tokens") > 0n || sumOf(row, "cost") > 0n);
  const tokens = sumOf(totals, "tokens");
  // Unknown is never $0.
  const isUnpriced = sumOf(totals, "cost") === 0n && coverage.unpricedCalls > 0n;
  const usd = (row: Row) => (isUnpriced ? "unpriced" : formatUsd(sumOf(row, "cost"), { places: 2 }));
  return (
    <PanelBody>
      <div className="grid gap-2.5">
        <CompositionBar label="Tokens" total={formatCompact(tokens)} parts={parts("tokens")} />
        <CompositionBar label="Money" total={usd(totals)} parts={parts("cost")} />
      </div>
      <table className="mt-2.5 w-full border-collapse text-[12.5px]">
        <thead>
          <tr>
            <th className={HEAD}>Kind</th>
            <th className={HEAD}>Tokens</th>
            <th className={HEAD}>Spend</th>
            {compare && <th className={HEAD}>Change</th>}
          </tr>
        </thead>
        <tbody>
          {used.map(({ row, key }) => (
            <KindRow key={key} row={row} kind={key} spend={usd(row)} hasChange={compare !== null} />
          ))}
        </tbody>
      </table>
    </PanelBody>
  );
}

function KindRow({ row, kind, spend, hasChange }: { row: Row; kind: string; spend: string; hasChange: boolean }) {
  const { label, color } = KINDS[kind] ?? { label: kind, color: "var(--chart-other)" };
  const tokens = sumOf(row, "tokens");
  return (
    <tr className="last:[&>td]:border-b-0">
      <td className={CELL}>
        <Swatch color={color} />
        {label}
      </td>
      <td className={`${CELL} text-text-2`} title={formatCount(tokens)}>
        {kind === "web_search" ? <span className="text-muted-foreground">none</span> : formatCompact(tokens)}
      </td>
      <td className={CELL}>{spend}</td>
      {hasChange && (
        <td className={CELL}>
          <Change change={formatChange(sumOf(row, "cost"), exactOf(row, "compare_cost"))} />
        </td>
      )}
    </tr>
  );
}
