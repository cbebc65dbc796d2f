import { Suspense } from "react";
import { BarList } from "@/components/charts/bar-list";
import { Panel, PanelBody, PanelFoot, PanelFrame } from "@/components/shell/panel";
import { PanelError } from "@/components/shell/panel-error";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatUsd } from "@/lib/format";
import { toChartUsd } from "@/lib/money";
import type { PromptPart } from "@/lib/reports/prompt-profile";
import { Scanned } from "../../panels/scanned";
import type { View } from "../../view";
import { groupAttempts } from "../attempt-groups";
import { CUT_NAMES, type CutName, cutHref, partName } from "./cut-names";
import { InCommon } from "./in-common";
import { readCuts } from "./read-prompt";

const ROWS = 5;

type Props = { scope: Scope; view: View; prompt: string };

/** The calls of the prompt told apart in six ways, each adding up to all of them; ways with one value stand together. */
export function PromptCuts(props: Props) {
  const waiting = (
    <PanelFrame label="Parts">
      <PanelSkeleton rows={ROWS} />
    </PanelFrame>
  );
  return (
    <PanelError>
      <Suspense fallback={waiting}>
        <Scanned view={props.view}>{() => cuts(props)}</Scanned>
      </Suspense>
    </PanelError>
  );
}

async function cuts({ scope, view, prompt }: Props) {
  const read = await readCuts(scope, view, prompt);
  const all = CUT_NAMES.map((name) => ({
    name,
    parts: name.cut === "attempt" ? inGroups(read.attempt) : read[name.cut],
  }));
  const several = all.filter(({ parts }) => parts.length > 1);
  const common = all.flatMap(({ name, parts }) => (parts.length === 1 && parts[0] ? { name, part: parts[0] } : []));
  const count = several.length + (common.length > 0 ? 1 : 0);
  return (
    <>
      {several.map(({ name, parts }, at) => (
        <Panel key={name.cut} title={name.title} question={name.question} span={spanOf(at, count)} height={64}>
          <Parts view={view} prompt={prompt} name={name} parts={parts} />
        </Panel>
      ))}
      {common.length > 0 && <InCommon view={view} prompt={prompt} common={common} span={spanOf(count - 1, count)} />}
    </>
  );
}

/** Three panels a row; what is left over, by twos. */
function spanOf(at: number, count: number): 4 | 6 | 12 {
  if (count === 1) return 12;
  const byTwos = count % 3 === 0 ? 0 : count % 3 === 1 ? 4 : 2;
  return at < count - byTwos ? 4 : 6;
}

function Parts({
  view,
  prompt,
  name,
  parts,
}: {
  view: View;
  prompt: string;
  name: CutName;
  parts: readonly PromptPart[];
}) {
  const rest = parts.slice(ROWS);
  const sum = (key: "calls" | "cost") => rest.reduce((total, part) => total + part[key], 0n);
  return (
    <>
      <PanelBody className="pt-1">
        <BarList
          label={name.title}
          rows={parts.slice(0, ROWS).map((part) => ({
            key: part.name,
            name: partName(name.cut, part.name),
            size: toChartUsd(part.cost),
            count: formatCount(part.calls),
            value: amount(part),
            href: cutHref(view, prompt, name.cut, part.name),
          }))}
        />
      </PanelBody>
      {rest.length > 0 && (
        <PanelFoot>
          {formatCount(rest.length)} more {rest.length === 1 ? name.one : name.title.toLowerCase()}:{" "}
          {formatCount(sum("calls"))} calls, {formatUsd(sum("cost"), { places: 2 })}
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

function amount({ cost, unpricedCalls }: PromptPart): string {
  return cost === 0n && unpricedCalls > 0n ? "unpriced" : formatUsd(cost, { places: 2 });
}
