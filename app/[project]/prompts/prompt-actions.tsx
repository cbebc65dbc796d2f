import { CsvAction } from "../panels/csv-action";
import type { View } from "../view";
import { ThresholdAction } from "./threshold-action";

/** The thresholds, and the hot prompts as a file. */
export function PromptActions({ view }: { view: View }) {
  return (
    <>
      <ThresholdAction view={view} />
      <CsvAction view={view} report="hot-prompts" />
    </>
  );
}
