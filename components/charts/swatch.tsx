/** The colour of an entity before its name. */
export function Swatch({ color }: { color: string }) {
  return (
    <span aria-hidden className="mr-[7px] inline-block size-2 shrink-0 rounded-[2px]" style={{ background: color }} />
  );
}
