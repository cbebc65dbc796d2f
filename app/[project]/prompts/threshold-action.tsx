import { optionOf } from "@/lib/reports/schema";
import type { View } from "../view";
import { Thresholds } from "./thresholds";

/** The form of the thresholds, with those of the page. */
export function ThresholdAction({ view: { query } }: { view: View }) {
  const values = {
    storm_calls: optionOf(query, "storm_calls"),
    storm_minutes: optionOf(query, "storm_minutes"),
    repeat_minutes: optionOf(query, "repeat_minutes"),
  };
  return <Thresholds key={JSON.stringify(values)} values={values} />;
}
