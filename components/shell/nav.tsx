"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { hrefWith, sharedParams } from "@/components/filters/url-state";
import { NAVIGATION, type NavigationItem, SETTINGS_ITEM } from "@/components/shell/navigation";

function NavLink({ base, item }: { base: string; item: NavigationItem }) {
  const pathname = usePathname();
  const params = sharedParams(useSearchParams().toString());
  const path = `${base}${item.path}`;
  const isCurrent = item.path === "" ? pathname === base : pathname === path || pathname.startsWith(`${path}/`);
  const Icon = item.icon;
  return (
    <Link
      href={hrefWith(path, params)}
      aria-current={isCurrent ? "page" : undefined}
      className="group flex h-7 items-center gap-[9px] rounded-control px-2 font-[450] text-text-2 transition-colors duration-120 ease-out hover:bg-accent hover:text-foreground aria-[current=page]:bg-secondary aria-[current=page]:font-medium aria-[current=page]:text-foreground max-shell:h-11"
    >
      <Icon
        aria-hidden
        strokeWidth={1.75}
        className="size-[15px] text-muted-foreground group-aria-[current=page]:text-foreground"
      />
      {item.label}
    </Link>
  );
}

/** The pages of a project; period, comparison, environment and filters go along. `base` is `/<project>`. */
export function Nav({ base }: { base: string }) {
  return (
    <nav aria-label="Main">
      {NAVIGATION.map(({ title, items }) => (
        <div key={title ?? "top"}>
          {title && <p className="px-2 pt-3 pb-1 font-medium text-axis text-muted-foreground">{title}</p>}
          {items.map((item) => (
            <NavLink key={item.path} base={base} item={item} />
          ))}
        </div>
      ))}
    </nav>
  );
}

/** The link to the settings, at the foot. */
export function SettingsLink({ base }: { base: string }) {
  return <NavLink base={base} item={SETTINGS_ITEM} />;
}
