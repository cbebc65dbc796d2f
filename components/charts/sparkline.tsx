/**
 * A trend in a cell, 120 × 22, on its own scale: null is a gap, the last point a dot. Leave the running bucket out.
 * `kind="bars"` for what comes in bursts.
 */
export function Sparkline({
  values,
  kind = "line",
  color = "var(--chart-1)",
}: {
  values: readonly (number | null)[];
  kind?: "line" | "bars";
  color?: string;
}) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return <span className="text-muted-foreground">none</span>;
  const top = Math.max(...known);
  const low = kind === "bars" ? 0 : Math.min(...known);
  const x = (index: number) => (values.length > 1 ? 1 + (index / (values.length - 1)) * 116 : 117);
  const y = (value: number) => (top === low ? (top === 0 ? 18 : 11) : 18 - ((value - low) / (top - low)) * 15);
  const path = values
    .map((value, index) => {
      if (value === null) return "";
      const isStart = index === 0 || values[index - 1] === null;
      return `${isStart ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg width="120" height="22" viewBox="0 0 120 22" className="block overflow-visible" aria-hidden="true">
      {kind === "line" ? (
        <>
          <path d={path} fill="none" stroke={color} strokeWidth="1.3" strokeLinejoin="round" />
          <circle cx={x(last)} cy={y(values[last] ?? 0)} r="1.8" fill={color} />
        </>
      ) : (
        values.map((value, index) => {
          const height = value ? Math.max(1, 18 - y(value)) : 0;
          const width = Math.max(1, 112 / values.length - 1);
          return (
            <rect
              key={`at-${x(index)}`}
              x={x(index) - width / 2}
              y={20 - height}
              width={width}
              height={height}
              fill={color}
            />
          );
        })
      )}
    </svg>
  );
}
