import { DataTable } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { hrefWith } from "@/components/filters/url-state";
import { Change } from "@/components/shell/change";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import { formatChange, formatUsd } from "@/lib/format";
import { type Estimate, toPicos } from "@/lib/pricing/estimate";
import { cheapestOf, monthOf, type Priced } from "./amounts";
import type { CalculatorQuestion } from "./question";
import { refusalInWords, warningInWords } from "./warning-words";

type Props = Readonly<{
  question: CalculatorQuestion;
  estimates: readonly Estimate[];
  chosen: Estimate | undefined;
  path: string;
  params: string;
  mixesTokenizers: boolean;
}>;

/** All models side by side, the cheapest first; a row leads to the page with that model chosen. */
export function ComparisonTable({ question, estimates, chosen, path, params, mixesTokenizers }: Props) {
  const cheapest = cheapestOf(estimates);
  const isContracted = estimates.some((it) => it.ok && it.perCall.listTotal !== it.perCall.total);
  const sorted = estimates.toSorted((a, b) => (a.ok && b.ok ? compare(a, b) : Number(b.ok) - Number(a.ok)));
  const dearest = sorted.reduce((most, it) => (it.ok && it.perCall.total > most ? it.perCall.total : most), 0n);
  const places = sorted.some((it) => it.ok && toPicos(it.perCall.total) < 10_000_000_000n) ? 6 : 4;
  const unpricedCount = estimates.filter(({ ok }) => !ok).length;
  const rows = sorted.map((estimate) => ({
    key: estimate.model,
    href: hrefWith(path, params, { chosen: estimate.model }),
    keepsScroll: true,
    isSelected: estimate.model === question.chosen,
    cells: {
      model: (
        <Name
          estimate={estimate}
          isCheapest={estimate.model === cheapest?.model && estimates.length > 1}
          hasHitShare={question.workload.cacheHitShare > 0n}
        />
      ),
      ...(estimate.ok
        ? {
            call: formatUsd(toPicos(estimate.perCall.total), { places }),
            day: formatUsd(toPicos(estimate.perCall.total, question.callsPerDay, question.margins), { places: 2 }),
            saved: <Saved estimate={estimate} question={question} />,
            month: (
              <MoneyCell
                picos={monthOf(estimate.perCall.total, question)}
                places={2}
                share={dearest === 0n ? 0 : Number(estimate.perCall.total) / Number(dearest)}
              />
            ),
            against: <Against estimate={estimate} chosen={chosen} question={question} />,
          }
        : { month: <Muted>unpriced</Muted> }),
    },
  }));
  return (
    <Panel
      title="By model"
      question="The same call on each, cheapest first"
      right={
        <PanelCount>
          {unpricedCount > 0 ? `${unpricedCount} of ${estimates.length} unpriced` : `${estimates.length} models`}
        </PanelCount>
      }
    >
      <DataTable
        label="Cost by model"
        density="tall"
        sort={null}
        columns={[
          { key: "model", label: "Model", align: "left" },
          { key: "call", label: "A call", onPhone: false },
          { key: "day", label: "A day", onPhone: false, isMuted: true },
          ...(isContracted ? [{ key: "saved", label: "Saved on list", onPhone: false }] : []),
          { key: "month", label: "A month", width: 130 },
          { key: "against", label: "Difference" },
        ]}
        rows={rows}
      />
      <PanelFoot>
        A month has 30 days.{" "}
        {question.margins.length > 0 ? "A call is before margins, a day and a month are after." : ""}
        {mixesTokenizers &&
          " Same tokens, not the same text: Claude Opus 4.7 and later count about 30% more tokens for a text than earlier Claude models; other makers count in their own way."}
      </PanelFoot>
    </Panel>
  );
}

function compare(a: Priced, b: Priced): number {
  return a.perCall.total === b.perCall.total ? 0 : a.perCall.total < b.perCall.total ? -1 : 1;
}

type NameProps = Readonly<{ estimate: Estimate; isCheapest: boolean; hasHitShare: boolean }>;

function Name({ estimate, isCheapest, hasHitShare }: NameProps) {
  const notes = [
    ...(estimate.ok ? [] : [refusalInWords(estimate)]),
    ...estimate.warnings.map((warning) => warningInWords(warning, hasHitShare)),
  ];
  return (
    <span className="block min-w-[132px] py-1 max-phone:min-w-0 max-phone:max-w-[15ch]">
      <span className="mono whitespace-normal [overflow-wrap:anywhere]">{estimate.model}</span>
      {isCheapest && (
        <Badge variant="better" className="ml-2 align-[1px]">
          cheapest
        </Badge>
      )}
      {notes.map((note) => (
        <span
          key={note}
          className="mt-0.5 block max-w-[52ch] whitespace-normal max-phone:max-w-[18ch] font-normal text-note text-text-2"
        >
          {note}
        </span>
      ))}
    </span>
  );
}

function Saved({ estimate: { perCall }, question }: { estimate: Priced; question: CalculatorQuestion }) {
  if (perCall.listTotal === null) return <Muted>not known</Muted>;
  const saved = monthOf(perCall.listTotal, question) - monthOf(perCall.total, question);
  return (
    <span className="block">
      {saved === 0n ? <Muted>none</Muted> : formatUsd(saved, { places: 2 })}
      <span className="block text-muted-foreground text-note">
        of {formatUsd(monthOf(perCall.listTotal, question), { places: 2 })}
      </span>
    </span>
  );
}

type AgainstProps = Readonly<{ estimate: Priced; chosen: Estimate | undefined; question: CalculatorQuestion }>;

function Against({ estimate, chosen, question }: AgainstProps) {
  if (estimate.model === question.chosen) return <Muted>chosen</Muted>;
  if (!chosen?.ok) return <Muted>chosen is unpriced</Muted>;
  const [month, base] = [monthOf(estimate.perCall.total, question), monthOf(chosen.perCall.total, question)];
  return (
    <span className="block">
      <span className="max-phone:hidden">{formatUsd(month - base, { places: 2, signed: true })}</span>
      <span className="block text-note">
        {base > 0n ? <Change change={formatChange(month, base)} /> : <Muted>of nothing</Muted>}
      </span>
    </span>
  );
}
