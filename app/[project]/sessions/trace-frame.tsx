import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { PanelFrame, PanelGrid } from "@/components/shell/panel";
import { PanelError } from "@/components/shell/panel-error";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import type { Trace, TraceId } from "@/lib/sessions/read-trace";
import { readInTime } from "../panels/read-in-time";
import { ReportPage } from "../panels/report-page";
import { there, type View } from "../view";
import { CallsInTime } from "./calls-in-time";
import { ChooseOwner } from "./choose-owner";
import { InputByTurn } from "./input-by-turn";
import { findTrace, readTraceCoverage } from "./read-trace";
import { SentBefore } from "./sent-before";
import { TooManyCalls } from "./too-many-calls";
import { TraceFacts } from "./trace-facts";
import { callsHref } from "./trace-links";

type Props = {
  scope: Scope;
  view: View;
  of: TraceId;
  /** The key figures of the one that is shown. */
  figures: (trace: Trace) => ReactNode;
};

const WORDS = { session: { list: "Sessions", path: "/sessions" }, task: { list: "Tasks", path: "/tasks" } } as const;

/** The page of one session or task: its figures, its input turn by turn, its calls in time. Its span is its own, not a period. */
export function TraceFrame({ scope, view, of, figures }: Props) {
  const { list, path } = WORDS[of.kind];
  return (
    <ReportPage
      view={view}
      coverage={(own, page) => readTraceCoverage(own, page, of)}
      hasPeriod={false}
      crumbs={[{ label: list, href: there(view, path) }]}
      title={<span className="mono break-all [h1_&]:text-[19px]!">{of.id}</span>}
      question={
        <Suspense fallback="Reading its calls">
          <TraceFacts scope={scope} view={view} of={of} />
        </Suspense>
      }
      actions={
        <Suspense>
          <ToCalls scope={scope} view={view} of={of} />
        </Suspense>
      }
    >
      <PanelError>
        <Suspense
          fallback={
            <PanelFrame label="Calls">
              <PanelSkeleton rows={12} />
            </PanelFrame>
          }
        >
          <Body scope={scope} view={view} of={of} figures={figures} />
        </Suspense>
      </PanelError>
    </ReportPage>
  );
}

async function ToCalls({ scope, view, of }: Omit<Props, "figures">) {
  const found = await findTrace(scope, view, of.kind, of.id).catch(() => null);
  return (
    found?.trace && (
      <Button asChild>
        <Link href={callsHref(view, of, found.trace)}>Calls</Link>
      </Button>
    )
  );
}

async function Body({ scope, view, of, figures }: Props) {
  const found = await readInTime(findTrace(scope, view, of.kind, of.id));
  if (!found) return <TooManyCalls view={view} of={of} />;
  const { traces, trace } = found;
  if (!trace) return <ChooseOwner view={view} of={of} traces={traces} />;
  const panel = { scope, view, of, trace };
  return (
    <PanelGrid>
      {figures(trace)}
      <InputByTurn {...panel} />
      <SentBefore trace={trace} />
      <CallsInTime {...panel} />
    </PanelGrid>
  );
}
