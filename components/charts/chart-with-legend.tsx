import type { ReactNode } from "react";

/** A chart with its legend table at the right (330 px), below it on a narrow screen. */
export function ChartWithLegend({ chart, legend }: { chart: ReactNode; legend: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-6 px-4 pt-2.5 pb-3 wide:grid-cols-[minmax(0,1fr)_330px] max-phone:px-3.5">
      <div className="min-w-0">{chart}</div>
      {legend}
    </div>
  );
}
