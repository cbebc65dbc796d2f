import { niceTicks } from "@/components/charts/axis";
import { stackParts, type TokenStack } from "@/components/charts/token-stack";
import { formatAxisCount, formatCount } from "@/lib/format";

export type TurnBar = Readonly<{ key: string; place: number; tokens: TokenStack }>;

/** A label at every so manieth bar, so that a dozen of them fit. */
const labelStep = (bars: number) => [1, 2, 5, 10, 20, 50].find((step) => bars / step <= 14) ?? 100;

/**
 * Input and output of call after call as stacked columns; a tick on each ends what was sent before. The figures stand in the
 * table that belongs to it.
 * @param label what is shown, for those who do not see it.
 */
export function TurnBars({ bars, label, height = 210 }: { bars: readonly TurnBar[]; label: string; height?: number }) {
  const ticks = niceTicks(Math.max(0, ...bars.map(({ tokens }) => tokens.input + tokens.output)));
  const top = ticks.at(-1) ?? 1;
  const percent = (tokens: number) => `${(tokens / top) * 100}%`;
  const step = labelStep(bars.length);
  return (
    <div role="img" aria-label={label} className="flex gap-2 text-axis text-muted-foreground">
      <div className="relative w-8 shrink-0" style={{ height }}>
        {ticks.map((tick) => (
          <span key={tick} className="absolute right-0 translate-y-1/2" style={{ bottom: percent(tick) }}>
            {formatAxisCount(tick)}
          </span>
        ))}
      </div>
      <div className="min-w-0 flex-1">
        <div className="relative" style={{ height }}>
          {ticks.map((tick) => (
            <span key={tick} className="absolute inset-x-0 h-px bg-grid" style={{ bottom: percent(tick) }} />
          ))}
          <div className="absolute inset-0 flex items-end gap-[2px]">
            {bars.map(({ key, place, tokens }) => (
              <span
                key={key}
                title={`Call ${formatCount(place)}: ${formatCount(tokens.input)} input, ${formatCount(tokens.resent)} of it sent before at most, ${formatCount(tokens.output)} output`}
                className="relative flex h-full max-w-[56px] min-w-0 flex-1 flex-col-reverse"
              >
                {stackParts(tokens).map((part) => (
                  <span
                    key={part.key}
                    className="border-card border-t"
                    style={{ height: percent(part.size), background: part.color }}
                  />
                ))}
                {tokens.resent > 0 && (
                  <span
                    className="-inset-x-px absolute h-[1.5px] bg-foreground shadow-[0_0_0_1px_var(--card)]"
                    style={{ bottom: percent(tokens.resent) }}
                  />
                )}
              </span>
            ))}
          </div>
        </div>
        <div className="mt-1 flex gap-[2px]">
          {bars.map(({ key, place }, at) => (
            <span key={key} className="flex max-w-[56px] min-w-0 flex-1 justify-center whitespace-nowrap">
              {at % step === 0 ? formatCount(place) : ""}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
