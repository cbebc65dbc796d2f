import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

/** Code with the name of its file and a button that copies it. `children` may mark parts of `text`. */
export function CodeBlock({ name, text, children }: { name: string; text: string; children?: ReactNode }) {
  return (
    <div className="overflow-hidden rounded-panel border border-border bg-card">
      <div className="flex items-center justify-between border-border border-b py-1 pr-1.5 pl-3.5 text-muted-foreground text-note">
        <span>{name}</span>
        <CopyButton text={text} label={`Copy ${name}`} size="small">
          Copy
        </CopyButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section tabIndex={0} aria-label={name} className="overflow-x-auto px-3.5 py-3">
        <pre className="mono leading-5">{children ?? text}</pre>
      </section>
    </div>
  );
}
