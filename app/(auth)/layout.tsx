import type { ReactNode } from "react";
import { Logo } from "@/components/shell/mark";
import product from "@/package.json";
import { TracedDollar } from "./traced-dollar";

/** The frame of every page before one is in: form at the left, one traced dollar at the right (not under 900 px). */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh min-[901px]:grid-cols-[minmax(440px,1fr)_minmax(0,1.25fr)]">
      <div className="flex flex-col border-border bg-card px-10 py-7 max-[900px]:px-5 max-[900px]:py-6 min-[901px]:border-r">
        <div className="text-[15px]">
          <Logo />
        </div>
        <main className="m-auto w-full max-w-[340px] py-8">{children}</main>
        <p className="text-muted-foreground text-note">
          Self-hosted, version {product.version}. Prompts never leave your servers.
        </p>
      </div>
      <aside className="grid place-items-center overflow-hidden bg-inset p-10 max-[900px]:hidden">
        <div>
          <p className="mb-9 max-w-[30ch] font-medium text-title leading-7 tracking-[-0.02em]">
            Every LLM dollar, traced to the tenant, feature, deploy and prompt that spent it.
          </p>
          <TracedDollar />
        </div>
      </aside>
    </div>
  );
}
