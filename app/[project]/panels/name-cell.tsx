import { colorOf, type SeriesColors } from "@/components/charts/series-color";
import { Swatch } from "@/components/charts/swatch";
import { CutName } from "@/components/ui/cut-name";
import type { Dimension } from "@/lib/reports/schema";
import { valueLabel } from "./stack";

/** The name of a row: its swatch where a chart beside the table has colours, cut when long (models tell apart by their end), a sha in mono. */
export function NameCell({
  dimension,
  name,
  colors,
}: {
  dimension: Dimension;
  name: string;
  colors: SeriesColors | null;
}) {
  const label = valueLabel(dimension, name);
  return (
    <span className="flex items-center" title={name}>
      {colors && <Swatch color={colorOf(colors, name)} />}
      <span
        className={`block min-w-0 max-w-[260px] truncate max-phone:max-w-[124px] ${dimension === "deploy" ? "mono" : ""}`}
      >
        {dimension === "model" ? <CutName name={label} /> : label}
      </span>
    </span>
  );
}
