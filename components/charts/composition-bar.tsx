export type CompositionPart = Readonly<{
  key: string;
  label: string;
  color: string;
  /** Its size as a float; parts are drawn relative to their sum. */
  size: number;
}>;

/** Parts of a whole in one 10 px bar under its name and total. Two above each other (tokens, money) compare. */
export function CompositionBar({
  label,
  total,
  parts,
}: {
  label: string;
  total: string;
  parts: readonly CompositionPart[];
}) {
  const sum = parts.reduce((all, { size }) => all + Math.max(0, size), 0);
  const shown = parts.filter(({ size }) => size > 0);
  const share = (size: number) => (size / sum) * 100;
  return (
    <div>
      <p className="mb-1 flex justify-between font-[450] text-note text-text-2">
        <span>{label}</span>
        <span className="text-muted-foreground">{total}</span>
      </p>
      <div
        role="img"
        aria-label={
          sum > 0
            ? `${label}: ${shown.map((part) => `${part.label} ${share(part.size).toFixed(1)}%`).join(", ")}`
            : `${label}: none`
        }
        className="flex h-2.5 gap-[1.5px] rounded-[2px] bg-inset"
      >
        {shown.map(({ key, size, color }) => (
          <span
            key={key}
            className="block min-w-0.5 rounded-[1px] first:rounded-l-[2px] last:rounded-r-[2px]"
            style={{ width: `${share(size)}%`, background: color }}
          />
        ))}
      </div>
    </div>
  );
}
