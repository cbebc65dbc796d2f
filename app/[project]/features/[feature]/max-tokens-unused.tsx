import { Empty } from "@/components/shell/empty";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatPercent } from "@/lib/format";
import { runReport } from "@/lib/reports/registry";
import { Scanned } from "../../panels/scanned";
import { sumOf } from "../../panels/stack";
import { ratioOf } from "../../panels/summarize";
import { exportMenu, type View } from "../../view";

type Props = { scope: Scope; view: View };

const ROWS = [
  { key: "p50", label: "Median" },
  { key: "p95", label: "p95" },
  { key: "p99", label: "p99" },
] as const;

/** How much of max_tokens the answers of one feature take, and so how much is never used. */
export function MaxTokensUnused({ scope, view }: Props) {
  return (
    <Panel
      title="max_tokens unused"
      question="How much of what an answer may take does it take?"
      span={4}
      height={342}
      skeleton={<PanelSkeleton rows={4} note="Reading the output of every call of the feature" />}
      menu={exportMenu(view, "output-of-max-tokens")}
    >
      <Scanned view={view} reads="aside">
        {() => list({ scope, view })}
      </Scanned>
    </Panel>
  );
}

async function list({ scope, view }: Props) {
  const query = { ...view.query, compare: null, groupBy: ["feature" as const], bucket: null, sort: null };
  const { totals, coverage } = await runReport(scope, "output-of-max-tokens", query);
  const told = sumOf(totals, "output_share_calls");
  if (told === 0n) {
    return (
      <Empty title="No call tells its max_tokens">
        Of {formatCount(coverage.calls)} calls in the period none that succeeded carries it.
      </Empty>
    );
  }
  const of = (key: string) => ratioOf(totals, key) ?? 0;
  return (
    <>
      <PanelBody>
        <dl className="grid gap-3">
          {ROWS.map(({ key, label }) => (
            <div key={key}>
              <dt className="text-note text-text-2">{label}</dt>
              <dd className="mt-1 flex items-center gap-2.5">
                <span aria-hidden className="relative block h-2.5 flex-1 rounded-[2px] bg-inset">
                  <span
                    className="absolute inset-y-0 left-0 min-w-0.5 rounded-[2px] bg-chart-1"
                    style={{ width: `${Math.min(1, of(`output_share_${key}`)) * 100}%` }}
                  />
                </span>
                <span className="w-[52px] text-right font-medium">{formatPercent(of(`output_share_${key}`))}</span>
              </dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 text-text-2">
          {of("output_share_p95") < 1
            ? `19 of 20 answers leave at least ${formatPercent(1 - of("output_share_p95"))} of max_tokens unused.`
            : "At least 1 of 20 answers is cut at max_tokens."}
          {of("output_share_p95") < 1 && of("output_share_p99") >= 1 && " At least 1 of 100 is cut at it."}
        </p>
      </PanelBody>
      <PanelFoot>
        Of {formatCount(told)} calls that succeeded and tell max_tokens (median {formatCount(of("max_tokens_p50"))}).
        Their answers: median {formatCount(of("output_tokens_p50"))} tokens, p95 {formatCount(of("output_tokens_p95"))}.
        What is allowed and not used costs nothing.
      </PanelFoot>
    </>
  );
}
