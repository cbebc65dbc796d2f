import { formatUsd, type UsdOptions } from "@/lib/format";

/**
 * An amount of the sorted money column with its bar. `share` is its part of the largest named row (0…1); leave it out
 * for the row of others, whose bar would be cut.
 */
export function MoneyCell({
  picos,
  share,
  color = "var(--chart-1)",
  ...options
}: { picos: bigint; share?: number; color?: string } & UsdOptions) {
  return (
    <span className="block pt-px leading-[15px]">
      {formatUsd(picos, options)}
      <span aria-hidden className="relative mt-[3px] block h-1 overflow-hidden rounded-[1px] bg-inset">
        {share !== undefined && (
          <span
            className="absolute inset-y-0 left-0 rounded-[1px]"
            style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%`, background: color }}
          />
        )}
      </span>
    </span>
  );
}
