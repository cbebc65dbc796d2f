import Link from "next/link";
import { hrefWith } from "@/components/filters/url-state";
import { PanelFrame } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import type { View } from "../view";
import { withoutThem } from "./usable-params";

/** What is wrong with the address, parameter by parameter, and the way to the page without them. */
export function UnreadableLink({
  view,
  plain = "Show the last 28 days",
}: {
  view: Pick<View, "path" | "errors"> & Partial<Pick<View, "params">>;
  /** What the page shows without parameters. */
  plain?: string;
}) {
  const rest = view.params && withoutThem(view.params, view.errors);
  return (
    <PanelFrame label="This link cannot be read">
      <div role="alert" className="grid justify-items-start gap-2 px-4 py-6">
        <h2 className="font-semibold">This link asks for something that cannot be shown</h2>
        <ul className="text-text-2">
          {view.errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code className="mono">{path}</code> {message}
            </li>
          ))}
        </ul>
        <Button asChild className="mt-1">
          {rest ? (
            <Link href={hrefWith(view.path, rest)}>
              {view.errors.length === 1 ? "Show it without that" : "Show it without them"}
            </Link>
          ) : (
            <Link href={view.path}>{plain}</Link>
          )}
        </Button>
      </div>
    </PanelFrame>
  );
}
