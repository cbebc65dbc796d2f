import { CompositionBar } from "@/components/charts/composition-bar";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { formatCompact, formatCount, formatPercent, formatUsd } from "@/lib/format";
import { MOST_TRACED, type Trace } from "@/lib/sessions/read-trace";
import { shareOf } from "./trace-words";

const SURE = "var(--tok-read)";
const MAYBE = "color-mix(in srgb, var(--tok-read) 50%, var(--card))";
const NEW = "var(--chart-other)";

type Line = Readonly<{ key: string; color: string; name: string; tokens: bigint; share: number; note: string }>;

/** In tenths of a percent, so that the shares that are shown add up. */
const permille = (part: bigint, whole: bigint) =>
  whole === 0n ? 0 : Math.round((Number(part) / Number(whole)) * 1000);

/** How much of the input was sent before, between two bounds, and what it cost. */
export function SentBefore({ trace }: { trace: Trace }) {
  const { inputTokens: input, resentTokens: most, resentReadTokens: least } = trace;
  const { costUsdPicos: cost, resentCostUsdPicos: resentCost } = trace;
  if (most === null || least === null || resentCost === null) return <NotReckoned />;
  const [leastShare, mostShare] = [permille(least, input), permille(most, input)];
  const newShare = input === 0n ? 0 : 1000 - mostShare;
  const lines: readonly Line[] = [
    {
      key: "sure",
      color: SURE,
      name: "Sent before, read from a cache again",
      tokens: least,
      share: leastShare,
      note: "at least",
    },
    {
      key: "maybe",
      color: MAYBE,
      name: "Sent before, by its length",
      tokens: most - least,
      share: mostShare - leastShare,
      note: "at most",
    },
    { key: "new", color: NEW, name: "New", tokens: input - most, share: newShare, note: "the rest" },
  ];
  const size = (value: bigint) => Number(value);
  return (
    <Panel title="Sent before" question="What does it cost to send the conversation again?" span={4} height={300}>
      <PanelBody className="grid content-start gap-3">
        <CompositionBar
          label="Input tokens"
          total={formatCompact(input)}
          parts={lines.map(({ key, name, color, tokens }) => ({ key, label: name, color, size: size(tokens) }))}
        />
        <CompositionBar
          label="Cost"
          total={formatUsd(cost)}
          parts={[
            { key: "resent", label: "Input sent before", color: SURE, size: size(resentCost) },
            { key: "rest", label: "New input and output", color: NEW, size: size(cost - resentCost) },
          ]}
        />
        <dl className="text-[12.5px] leading-[18px]">
          {lines.map(({ key, color, name, tokens, share, note }) => (
            <div key={key} className="flex items-baseline gap-2 border-border border-b py-1.5">
              <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: color }} />
              <dt className="min-w-0">
                {name} <span className="text-muted-foreground">{note}</span>
              </dt>
              <dd className="ml-auto whitespace-nowrap text-right" title={`${formatCount(tokens)} tokens`}>
                {input === 0n ? "none" : formatPercent(share / 1000)}
              </dd>
            </div>
          ))}
          <div className="flex items-baseline gap-2 py-1.5 font-semibold">
            <dt>Cost of input sent before</dt>
            <dd className="ml-auto whitespace-nowrap">
              {formatUsd(resentCost)}
              <span className="font-normal text-muted-foreground"> {shareOf(resentCost, cost)}</span>
            </dd>
          </div>
        </dl>
      </PanelBody>
      <PanelFoot>At what those tokens really cost: cache reads first, then writes, then fresh input</PanelFoot>
    </Panel>
  );
}

function NotReckoned() {
  return (
    <Panel title="Sent before" question="What does it cost to send the conversation again?" span={4} height={300}>
      <Empty title="Not reckoned for so many calls">
        What was sent before is told call by call, of up to {formatCount(MOST_TRACED)} calls. The other figures are of
        all.
      </Empty>
    </Panel>
  );
}
