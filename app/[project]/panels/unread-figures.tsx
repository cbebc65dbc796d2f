import { PanelFrame } from "@/components/shell/panel";

/** What stands for a strip of key figures that could not be read from the calls in time. */
export function UnreadFigures() {
  return (
    <PanelFrame label="Key figures" className="min-h-[114px]">
      <p className="px-4 py-4 text-text-2">These figures were not read in time. A shorter period has them.</p>
    </PanelFrame>
  );
}
