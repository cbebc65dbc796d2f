import { DIMENSION_CATALOGUE, MEASURE_CATALOGUE, MEASURES } from "./catalogue";
import { columnName } from "./present";
import { REPORTS } from "./registry";
import type { Report } from "./report";
import { DIMENSIONS } from "./schema";

const measureName = (key: (typeof MEASURES)[number]) => columnName({ key, unit: MEASURE_CATALOGUE[key].unit });

/** What can be asked: every report with what it may be cut by and its columns, every dimension and every measure. */
export function listReports(): Record<string, unknown> {
  return {
    reports: Object.entries(REPORTS as Readonly<Record<string, Report>>).map(([name, report]) => ({
      name,
      label: report.label,
      question: report.question,
      dimensions: report.dimensions,
      group_by: report.groupable,
      measures: report.measures.map(measureName),
      measures_fixed: report.selectable.length === 0,
      ...(report.sorts ? { sort: report.sorts } : {}),
      ...(report.needsDeploy ? { required: ["filter.deploy"] } : {}),
    })),
    dimensions: DIMENSIONS.map((key) => ({ key, label: DIMENSION_CATALOGUE[key].label })),
    measures: MEASURES.map((key) => {
      const { label, unit, missing } = MEASURE_CATALOGUE[key];
      return { key: measureName(key), label, unit: unit === "usd_picos" ? "usd" : unit, missing };
    }),
  };
}
