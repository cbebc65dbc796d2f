import { TOKEN_KINDS } from "@/components/charts/series-color";
import { TurnBars } from "@/components/charts/turn-bars";
import { Panel, PanelBody, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { encodeCallId } from "@/lib/calls/call-id";
import { formatCount } from "@/lib/format";
import type { Trace, TraceId } from "@/lib/sessions/read-trace";
import type { View } from "../view";
import { CALLS_A_PAGE, pageOf, readCalls } from "./read-trace";
import { toStack } from "./trace-words";

type Props = { scope: Scope; view: View; of: TraceId; trace: Trace };

/** Input and output of the calls of this page, one column each: does it grow, and is what it sends new? */
export function InputByTurn(props: Props) {
  return (
    <Panel
      title="Input, call by call"
      question="Does it grow, and how much of it was sent before?"
      span={8}
      height={300}
      skeleton={<PanelSkeleton kind="bars" />}
      right={<PanelCount>{shownText(props.view, props.trace)}</PanelCount>}
    >
      <Bars {...props} />
    </Panel>
  );
}

/** "17 calls", "calls 101 – 200 of 5,012". */
export function shownText(view: View, trace: Trace): string {
  const { page, pages } = pageOf(view, trace);
  if (pages === 1) return `${formatCount(trace.lines)} in all`;
  const most = Math.min(trace.lines, pages * CALLS_A_PAGE);
  const first = (page - 1) * CALLS_A_PAGE + 1;
  return `${formatCount(first)} – ${formatCount(Math.min(most, page * CALLS_A_PAGE))} of ${formatCount(trace.lines)}`;
}

async function Bars({ scope, view, of, trace }: Props) {
  const calls = await readCalls(scope, view, of, trace);
  const offset = (pageOf(view, trace).page - 1) * CALLS_A_PAGE;
  const bars = calls.map((call, at) => ({ key: encodeCallId(call), place: offset + at + 1, tokens: toStack(call) }));
  const used = TOKEN_KINDS.filter(({ key }) => bars.some(({ tokens }) => tokens[key] > 0));
  const largest = Math.max(0, ...bars.map(({ tokens }) => tokens.input));
  return (
    <>
      <PanelBody>
        <TurnBars
          bars={bars}
          label={`Input and output of ${formatCount(bars.length)} calls. The largest input is ${formatCount(largest)} tokens. All figures are in the table of calls.`}
        />
        <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-2.5 pl-10 text-muted-foreground text-note max-phone:pl-0 [&>li]:inline-flex [&>li]:items-center [&>li]:gap-1.5">
          {used.map(({ key, label, color }) => (
            <li key={key}>
              <span aria-hidden className="size-2 rounded-[2px]" style={{ background: color }} />
              {label}
            </li>
          ))}
          <li>
            <span aria-hidden className="h-[1.5px] w-3.5 bg-foreground" />
            up to here sent before, at most
          </li>
        </ul>
      </PanelBody>
      <PanelFoot>
        Inferred from counts, since no text is kept: of each input at most as much as the call before it, of the same
        feature and model, sent and answered
      </PanelFoot>
    </>
  );
}
