"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { hrefWith } from "@/components/filters/url-state";
import { useEnvironmentTitle } from "@/components/shell/use-environment-title";
import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

export type SwitcherProject = Readonly<{ slug: string; name: string }>;

/** Project and environment: opens a searchable list. Writes `env` into the URL, or opens another project. */
export function ProjectSwitcher({
  project,
  projects,
  environments,
}: {
  project: SwitcherProject;
  projects: readonly SwitcherProject[];
  environments: readonly string[];
}) {
  const [isOpen, setIsOpen] = useState(false);
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const current = params.get("env");
  useEnvironmentTitle(current);
  const go = (href: string) => {
    setIsOpen(false);
    router.push(href, { scroll: false });
  };
  const environment = (name: string | null) => (
    <CommandItem
      key={name ?? ""}
      value={`environment ${name ?? "all"}`}
      onSelect={() => go(hrefWith(pathname, params.toString(), { env: name }))}
    >
      <EnvironmentDot name={name} />
      <span className="flex-1">{name ?? "All environments"}</span>
      {current === name && <Check aria-label="current" />}
    </CommandItem>
  );
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger className="mb-2.5 grid w-full grid-cols-[1fr_auto] items-center gap-x-1.5 rounded-control border border-border bg-card px-2 py-[5px] text-left hover:bg-inset">
        <span className="min-w-0">
          <span className="block truncate font-medium leading-[17px]">{project.name}</span>
          <span className="flex items-center gap-[5px] text-[11.5px] text-muted-foreground leading-[15px]">
            <EnvironmentDot name={current} />
            {current ?? "All environments"}
          </span>
        </span>
        <ChevronsUpDown aria-hidden strokeWidth={1.75} className="size-[13px] text-muted-foreground" />
      </PopoverTrigger>
      <PopoverContent className="w-[260px]" aria-label="Project and environment">
        <Command label="Project and environment">
          <CommandInput placeholder="Find a project or environment" autoFocus />
          <CommandList>
            <CommandEmpty>Nothing by that name.</CommandEmpty>
            <CommandGroup heading="Environment">{[null, ...environments].map(environment)}</CommandGroup>
            <CommandGroup heading="Project">
              {projects.map(({ slug, name }) => (
                <CommandItem key={slug} value={`project ${name} ${slug}`} onSelect={() => go(`/${slug}`)}>
                  <span className="flex-1 truncate">{name}</span>
                  {slug === project.slug && <Check aria-label="current" />}
                </CommandItem>
              ))}
            </CommandGroup>
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

function EnvironmentDot({ name }: { name: string | null }) {
  const isProduction = name === null || name === "production";
  return (
    <span
      aria-hidden
      className={cn("inline-block size-1.5 shrink-0 rounded-full", isProduction ? "bg-better-fill" : "bg-warn-fill")}
    />
  );
}
