"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, Suspense } from "react";

export type SubNavTab = Readonly<{
  href: string;
  label: string;
  /** How much waits there; the tab does not wait for it. */
  badge?: ReactNode;
}>;

/** The pages of the settings that the person may see. */
export function SubNav({ tabs }: { tabs: readonly SubNavTab[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Settings" className="mb-4 flex gap-0.5 overflow-x-auto border-border border-b">
      {tabs.map(({ href, label, badge }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href || pathname.startsWith(`${href}/`) ? "page" : undefined}
          className="relative -mb-px whitespace-nowrap border-transparent border-b-2 px-3 py-2 text-text-2 hover:text-foreground aria-[current=page]:border-foreground aria-[current=page]:font-medium aria-[current=page]:text-foreground max-phone:py-3"
        >
          {label}
          {badge && <Suspense>{badge}</Suspense>}
        </Link>
      ))}
    </nav>
  );
}
