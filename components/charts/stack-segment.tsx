import type { BarShapeProps } from "recharts";

/** One segment: a 1 px gap of card above it; hatched and outlined while its bucket is running. */
export function StackSegment({ x, y, width, height, fill, payload }: BarShapeProps) {
  const drawn = Math.max(0, height - 1);
  if (drawn === 0) return null;
  const box = { x, y: y + 1, width, height: drawn };
  if (!payload?.isPartial) return <rect {...box} fill={fill} />;
  return (
    <g>
      <rect {...box} fill={fill} />
      <rect {...box} fill="url(#running)" stroke="var(--muted-foreground)" strokeWidth="0.6" strokeDasharray="2 2" />
    </g>
  );
}
