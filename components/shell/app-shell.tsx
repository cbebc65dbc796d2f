import type { ReactNode } from "react";
import { DemoBanner } from "@/components/shell/demo-banner";
import { MobileBar } from "@/components/shell/mobile-bar";
import { Shortcuts } from "@/components/shell/shortcuts";
import { Sidebar, type SidebarProps } from "@/components/shell/sidebar";

/**
 * The frame of every page of a project: skip link, sidebar (a sheet under 1024 px), demo banner.
 * A page renders its `FilterBar` (if it has one) and then `Main`.
 */
export function AppShell({ isDemo, children, ...sidebar }: SidebarProps & { isDemo: boolean; children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="-top-12 fixed left-4 z-50 rounded-control bg-primary px-3 py-2 font-medium text-primary-foreground focus:top-2"
      >
        Skip to the content
      </a>
      <div className="min-h-dvh shell:grid shell:grid-cols-[224px_minmax(0,1fr)]">
        <aside data-print="hide" className="hidden border-border border-r shell:block">
          <div className="sticky top-0 h-dvh max-h-[900px]">
            <Sidebar {...sidebar} />
          </div>
        </aside>
        <div className="min-w-0">
          <MobileBar title={sidebar.project.name}>
            <Sidebar {...sidebar} />
          </MobileBar>
          {isDemo && <DemoBanner />}
          {children}
        </div>
      </div>
      <Shortcuts base={`/${sidebar.project.slug}`} />
    </>
  );
}

/** The page below the bars: 24 px around (16 on a phone), up to 1640 px wide. */
export function Main({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="max-w-[1640px] px-6 pt-5 pb-10 outline-none max-phone:px-4 max-phone:pt-4">
      {children}
    </main>
  );
}
