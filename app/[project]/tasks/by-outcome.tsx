import { CompositionBar } from "@/components/charts/composition-bar";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatUsd } from "@/lib/format";
import { divide, ENDINGS, type Ending, pricedOf } from "@/lib/tasks/figures";
import { Scanned } from "../panels/scanned";
import { counted } from "../sessions/trace-words";
import { exportMenu, type View } from "../view";
import { NoTasks } from "./cost-table";
import { readSpend, readTasks } from "./read-tasks";

const WORDS: Readonly<Record<Ending, Readonly<{ label: string; color: string }>>> = {
  success: { label: "Success", color: "var(--better-fill)" },
  failure: { label: "Failure", color: "var(--worse-fill)" },
  untold: { label: "Not told", color: "var(--chart-other)" },
};

/** Tasks and money by how tasks ended, in a ledger with what was spent on no task: its last line is all of the spend. */
export function ByOutcome({ scope, view }: { scope: Scope; view: View }) {
  return (
    <Panel
      title="Cost by outcome"
      question="What do failures cost?"
      span={6}
      height={300}
      menu={exportMenu(view, "cost-by-outcome")}
    >
      <Scanned view={view}>{() => ledgerOf(scope, view)}</Scanned>
    </Panel>
  );
}

async function ledgerOf(scope: Scope, view: View) {
  const [{ figures }, spend] = await Promise.all([readTasks(scope, view), readSpend(scope, view)]);
  if (figures.tasks === 0n) return <NoTasks scope={scope} view={view} />;
  const parts = (of: "tasks" | "cost") =>
    ENDINGS.map((key) => ({ key, ...WORDS[key], size: Number(figures.byEnding[key][of]) }));
  return (
    <>
      <PanelBody className="grid content-start gap-3">
        <CompositionBar label="Tasks" total={formatCount(figures.tasks)} parts={parts("tasks")} />
        <CompositionBar label="Cost" total={formatUsd(figures.cost)} parts={parts("cost")} />
        <table
          aria-label="Cost by outcome"
          className="w-full border-collapse text-[12.5px] [&_td]:h-[31px] [&_td]:text-right [&_th]:text-left [&_th]:font-normal"
        >
          <tbody>
            {ENDINGS.map((key) => {
              const { tasks, calls, cost } = figures.byEnding[key];
              const each = divide(cost, pricedOf(figures.byEnding[key]));
              return (
                <Line
                  key={key}
                  name={WORDS[key].label}
                  color={WORDS[key].color}
                  count={counted(calls, "call")}
                  cost={cost}
                >
                  {`${counted(tasks, "task")}${each === null ? "" : `, ${formatUsd(each)} each`}`}
                </Line>
              );
            })}
            <Line
              name="Calls of no task"
              count={counted(spend.calls - figures.calls, "call")}
              cost={spend.cost - figures.cost}
            >
              {""}
            </Line>
          </tbody>
          <tfoot className="font-semibold">
            <tr className="border-border-strong border-t [&>*]:border-b-4 [&>*]:border-border-strong [&>*]:border-double">
              <th scope="row" className="font-semibold!">
                All spend of the period
              </th>
              <td>{counted(spend.calls, "call")}</td>
              <td className="max-phone:hidden" />
              <td>{formatUsd(spend.cost)}</td>
            </tr>
          </tfoot>
        </table>
      </PanelBody>
      <PanelFoot>A task that nobody told the end of is neither a success nor a failure</PanelFoot>
    </>
  );
}

type LineProps = { name: string; color?: string; count: string; cost: bigint; children: string };

function Line({ name, color = "transparent", count, cost, children }: LineProps) {
  return (
    <tr className="border-border border-t">
      <th scope="row">
        <span aria-hidden className="mr-[7px] inline-block size-2 rounded-[2px]" style={{ background: color }} />
        {name}
      </th>
      <td className="text-text-2">{count}</td>
      <td className="text-text-2 max-phone:hidden">{children}</td>
      <td className="font-medium">{formatUsd(cost)}</td>
    </tr>
  );
}
