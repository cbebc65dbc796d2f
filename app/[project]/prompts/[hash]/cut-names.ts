import { formatSha } from "@/lib/format";
import type { PromptCut } from "@/lib/reports/prompt-profile";
import { promptCallsHref } from "../../panels/storm-words";
import { drillHref, type View } from "../../view";

/** How a way of telling calls apart is called. */
export type CutName = Readonly<{ cut: PromptCut; title: string; one: string; question: string }>;

export const CUT_NAMES: readonly CutName[] = [
  { cut: "tenant", title: "Tenants", one: "tenant", question: "On whose behalf?" },
  { cut: "feature", title: "Features", one: "feature", question: "Which feature sends it?" },
  { cut: "deploy", title: "Deploys", one: "deploy", question: "Since which deploy?" },
  { cut: "model", title: "Models", one: "model", question: "Which model answers?" },
  { cut: "attempt", title: "Attempts", one: "attempt", question: "Which try was it?" },
  { cut: "status", title: "Statuses", one: "status", question: "How did the calls end?" },
];

/** A value as it is shown under its title: a short sha, an attempt by its number. */
export function partName(cut: PromptCut, name: string): string {
  if (cut === "attempt") return name.replace(/^Attempt /, "");
  return cut === "deploy" ? formatSha(name) : name;
}

/** Where a value leads to; attempts nowhere. */
export function cutHref(view: View, prompt: string, cut: PromptCut, name: string): string | undefined {
  if (cut === "attempt") return undefined;
  return cut === "status" ? `${promptCallsHref(view, prompt)}&filter.status=${name}` : drillHref(view, cut, name);
}
