import { GAPS } from "@/lib/cache/reuse";
import { formatCount } from "@/lib/format";

const HEIGHT = 22;
const LIVES_5M = 2;

/** Uses by the time until the next use of the same prefix: five bars, those that 5 minutes outlive in full colour. */
export function GapBars({ gaps }: { gaps: readonly number[] }) {
  const most = Math.max(...gaps, 1);
  const named = GAPS.map((name, i) => `${name}: ${formatCount(gaps[i] ?? 0)}`);
  return (
    <svg width="89" height="26" viewBox="0 0 89 26" role="img" aria-label={named.join(", ")} className="block">
      <title>{named.join("\n")}</title>
      {GAPS.map((name, i) => {
        const size = gaps[i] ? Math.max(1, ((gaps[i] ?? 0) / most) * HEIGHT) : 0;
        return (
          <rect
            key={name}
            x={i * 18}
            y={24 - size}
            width="16"
            height={size}
            fill="var(--chart-1)"
            opacity={i < LIVES_5M ? 1 : 0.55}
          />
        );
      })}
      <line x1="0" x2="89" y1="24.5" y2="24.5" stroke="var(--border-strong)" />
    </svg>
  );
}
