import { formatCount } from "@/lib/format";

/** A count with its bar, as money has one: volume is grey. */
export function CountBar({ count, share }: { count: bigint; share: number }) {
  return (
    <span className="block pt-px leading-[15px]">
      {formatCount(count)}
      <span aria-hidden className="relative mt-[3px] block h-1 overflow-hidden rounded-[1px] bg-inset">
        <span className="absolute inset-y-0 left-0 rounded-[1px] bg-chart-other" style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
