"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Mark } from "@/components/shell/mark";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";

/** The top bar under 1024 px: menu, mark, project. The sheet closes when the page changes. */
export function MobileBar({ title, children }: { title: string; children: ReactNode }) {
  const [openAt, setOpenAt] = useState<string | null>(null);
  const pathname = usePathname();
  useEffect(() => {
    setOpenAt((at) => (at === pathname ? at : null));
  }, [pathname]);
  return (
    <header
      data-print="hide"
      className="flex h-[52px] items-center gap-2.5 border-border border-b px-4 font-semibold text-[14px] tracking-[-0.015em] shell:hidden"
    >
      <Sheet open={openAt === pathname} onOpenChange={(isOpen) => setOpenAt(isOpen ? pathname : null)}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Menu" className="-ml-2 size-9">
            <Menu />
          </Button>
        </SheetTrigger>
        <SheetContent side="left" title="Menu" isTitleHidden className="w-[264px] bg-background">
          {children}
        </SheetContent>
      </Sheet>
      <Mark />
      <span className="truncate">{title}</span>
    </header>
  );
}
