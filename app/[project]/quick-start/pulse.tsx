import { cn } from "@/components/ui/cn";

const RINGS = [
  "size-[18px] opacity-80",
  "size-[31px] opacity-45 [animation-delay:300ms]",
  "size-[44px] opacity-20 [animation-delay:600ms]",
];

/** Waiting, the one loop of the product; still once something came. */
export function Pulse({ isStill }: { isStill: boolean }) {
  return (
    <div aria-hidden className="relative grid h-[46px] place-items-center">
      <span className="absolute inset-x-0 top-1/2 h-px bg-linear-to-r from-transparent via-grid to-transparent" />
      {RINGS.map((ring) => (
        <span
          key={ring}
          className={cn("absolute rounded-full border-[1.5px] border-brand", ring, !isStill && "animate-pulse")}
        />
      ))}
      <span className="relative size-[9px] rounded-full bg-brand" />
    </div>
  );
}
