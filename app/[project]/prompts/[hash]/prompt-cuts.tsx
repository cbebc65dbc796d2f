import { BarList } from "@/components/charts/bar-list";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatSha, formatUsd } from "@/lib/format";
import { toChartUsd } from "@/lib/money";
import type { PromptCut, PromptPart } from "@/lib/reports/prompt-profile";
import { Scanned } from "../../panels/scanned";
import { promptCallsHref } from "../../panels/storm-words";
import { drillHref, type View } from "../../view";
import { groupAttempts } from "../attempt-groups";
import { readCuts } from "./read-prompt";

const ROWS = 5;
const PANELS: readonly Readonly<{ cut: PromptCut; title: string; one: string; question: string }>[] = [
  { cut: "tenant", title: "Tenants", one: "tenant", question: "On whose behalf?" },
  { cut: "feature", title: "Features", one: "feature", question: "Which feature sends it?" },
  { cut: "deploy", title: "Deploys", one: "deploy", question: "Since which deploy?" },
  { cut: "model", title: "Models", one: "model", question: "Which model answers?" },
  { cut: "attempt", title: "Attempts", one: "attempt", question: "Which try was it?" },
  { cut: "status", title: "Statuses", one: "status", question: "How did the calls end?" },
];

type Props = { scope: Scope; view: View; prompt: string };

/** The calls of the prompt told apart in six ways, each adding up to all of them. */
export function PromptCuts(props: Props) {
  return PANELS.map(({ cut, title, one, question }) => (
    <Panel key={cut} title={title} question={question} span={4} height={64} skeleton={<PanelSkeleton rows={ROWS} />}>
      <Scanned view={props.view}>{() => cutRows(props, cut, title, one)}</Scanned>
    </Panel>
  ));
}

async function cutRows({ scope, view, prompt }: Props, cut: PromptCut, title: string, one: string) {
  const cuts = await readCuts(scope, view, prompt);
  const parts = cut === "attempt" ? inGroups(cuts.attempt) : cuts[cut];
  const rest = parts.slice(ROWS);
  const sum = (key: "calls" | "cost") => rest.reduce((total, part) => total + part[key], 0n);
  return (
    <>
      <PanelBody className="pt-1">
        <BarList
          label={title}
          rows={parts.slice(0, ROWS).map((part) => ({
            key: part.name,
            name: nameOf(cut, part.name),
            size: toChartUsd(part.cost),
            count: formatCount(part.calls),
            value: amount(part),
            href: hrefOf(view, prompt, cut, part.name),
          }))}
        />
      </PanelBody>
      {rest.length > 0 && (
        <PanelFoot>
          {formatCount(rest.length)} more {rest.length === 1 ? one : title.toLowerCase()}: {formatCount(sum("calls"))}{" "}
          calls, {formatUsd(sum("cost"), { places: 2 })}
        </PanelFoot>
      )}
    </>
  );
}

/** Attempts in their order, the later ones together: dozens of them say one thing. */
function inGroups(parts: readonly PromptPart[]): readonly PromptPart[] {
  const rows = parts.map(({ name, calls, cost, unpricedCalls }) => {
    return { attempt: name, calls, cost, unpriced_calls: unpricedCalls };
  });
  const { first, further } = groupAttempts(rows);
  return first.calls > 0n ? [first, ...further] : further;
}

function nameOf(cut: PromptCut, name: string): string {
  return cut === "deploy" ? formatSha(name) : name;
}

function hrefOf(view: View, prompt: string, cut: PromptCut, name: string): string | undefined {
  if (cut === "attempt") return undefined;
  return cut === "status" ? `${promptCallsHref(view, prompt)}&filter.status=${name}` : drillHref(view, cut, name);
}

function amount({ cost, unpricedCalls }: PromptPart): string {
  return cost === 0n && unpricedCalls > 0n ? "unpriced" : formatUsd(cost, { places: 2 });
}
