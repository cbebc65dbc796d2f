import Link from "next/link";
import { Panel, PanelBody } from "@/components/shell/panel";
import type { PromptPart } from "@/lib/reports/prompt-profile";
import type { View } from "../../view";
import { type CutName, cutHref, partName } from "./cut-names";

const MONO = new Set(["deploy", "model"]);

/** What all calls of the prompt share: one tenant, one model, one status. */
export function InCommon({
  view,
  prompt,
  common,
  span,
}: {
  view: View;
  prompt: string;
  common: readonly Readonly<{ name: CutName; part: PromptPart }>[];
  span: 4 | 6 | 12;
}) {
  return (
    <Panel title="In common" question="What is the same of all its calls?" span={span} height={64}>
      <PanelBody className="pt-1">
        <dl>
          {common.map(({ name: { cut, one }, part }) => {
            const [text, href] = [partName(cut, part.name), cutHref(view, prompt, cut, part.name)];
            return (
              <div
                key={cut}
                className="flex h-[29px] items-center justify-between gap-3 border-border border-b last:border-b-0"
              >
                <dt className="shrink-0 text-muted-foreground first-letter:uppercase">{one}</dt>
                <dd className={`min-w-0 truncate font-medium ${MONO.has(cut) ? "mono" : ""}`} title={part.name}>
                  {href ? (
                    <Link href={href} className="hover:underline">
                      {text}
                    </Link>
                  ) : (
                    text
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      </PanelBody>
    </Panel>
  );
}
