import { exportMenu, type View } from "../../view";
import { windowOf } from "./read-deploy";

/** The figures of the comparison that the page shows, as CSV and JSON. */
export function comparisonMenu(view: View): ReturnType<typeof exportMenu> {
  return exportMenu(view, "deploy-comparison", { window: windowOf(view), against: view.query.against ?? null });
}
