import { colorOf, type SeriesColors } from "@/components/charts/series-color";
import { Swatch } from "@/components/charts/swatch";
import type { Dimension } from "@/lib/reports/schema";
import { valueLabel } from "./stack";

/** The name of a row: its swatch where a chart beside the table has colours, cut when long, a sha in mono. */
export function NameCell({
  dimension,
  name,
  colors,
}: {
  dimension: Dimension;
  name: string;
  colors: SeriesColors | null;
}) {
  return (
    <span className="flex items-center" title={name}>
      {colors && <Swatch color={colorOf(colors, name)} />}
      <span className={`block max-w-[260px] truncate max-phone:max-w-[96px] ${dimension === "deploy" ? "mono" : ""}`}>
        {valueLabel(dimension, name)}
      </span>
    </span>
  );
}
