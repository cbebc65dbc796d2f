import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { exportHref, type View } from "../view";

/** The page's main figures as a file: the action at the right of its header. */
export function CsvAction({ view, report }: { view: View; report: string }) {
  return (
    <Button asChild variant="ghost">
      <a href={exportHref(view, report)} download>
        <Download />
        CSV
      </a>
    </Button>
  );
}
