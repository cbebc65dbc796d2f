import { Badge } from "@/components/ui/badge";
import { Kbd } from "@/components/ui/kbd";
import type { Scope } from "@/lib/auth/scope";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatDuration, formatMs, formatUsd } from "@/lib/format";
import type { View } from "../view";
import { CallFacts } from "./call-facts";
import { CallPrice } from "./call-price";
import { formatCallUsd, PRICING_WORDS, usageInWords } from "./call-words";

const TONES = { priced: "better", estimated: "warn", unpriced: "outline", not_billable: "default" } as const;

/** One call in full: what it cost and by which rates, model by model where several served it, and what it belongs to. */
export function CallCard({ scope, lines, view }: { scope: Scope; lines: readonly [Call, ...Call[]]; view: View }) {
  const [call] = lines;
  const isWhole = lines.every(({ costUsdPicos }) => costUsdPicos !== null);
  const cost = lines.reduce((sum, { costUsdPicos }) => sum + (costUsdPicos ?? 0n), 0n);
  return (
    <>
      <div className="px-4 pt-3 pb-3 max-phone:px-3.5">
        <p className="flex flex-wrap items-baseline gap-2">
          <span
            className="font-semibold text-[30px] leading-9 tracking-[-0.035em]"
            title={isWhole ? formatUsd(cost, { places: 12 }) : undefined}
          >
            {isWhole ? formatCallUsd(cost) : "unpriced"}
          </span>
          <Badge variant={TONES[call.pricingStatus as keyof typeof TONES] ?? "default"}>
            {PRICING_WORDS[call.pricingStatus] ?? call.pricingStatus}
          </Badge>
        </p>
        {lines.map((line) => (
          <div key={line.line}>
            {lines.length > 1 && (
              <h3 className="mono mt-3 font-medium">
                {line.model}
                <span className="font-normal text-muted-foreground">, line {line.line}</span>
              </h3>
            )}
            <CallPrice scope={scope} call={line} view={view} />
          </div>
        ))}
      </div>
      <CallFacts scope={scope} call={call} view={view} />
      <p className="mt-auto border-border border-t px-4 py-2 text-muted-foreground text-note max-phone:px-3.5">
        {received(call)}
        {call.source && (
          <>
            {" "}
            by <span className="mono">{call.source}</span>
          </>
        )}
        , {usageInWords(call)}
        {lines.length > 1 && `, ${formatCount(lines.length)} models`}
        <span className="float-right flex gap-1 max-phone:hidden">
          <Kbd>j</Kbd>
          <Kbd>k</Kbd>
        </span>
      </p>
    </>
  );
}

function received({ occurredAt, receivedAt }: Call): string {
  const late = receivedAt.getTime() - occurredAt.getTime();
  if (late < 0) return "Received before its own time";
  return `Received ${late < 60_000 ? formatMs(late) : formatDuration(late)} later`;
}
