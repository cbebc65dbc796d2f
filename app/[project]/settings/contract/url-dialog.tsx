"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";

type Props = { path: string; title: string; description?: string; className?: string; children: ReactNode };

/** A dialog that is open because the URL says so; closing it leads to the bare page. */
export function UrlDialog({ path, title, description, className, children }: Props) {
  const [isOpen, setIsOpen] = useState(true);
  const router = useRouter();
  const close = () => {
    setIsOpen(false);
    router.replace(path, { scroll: false });
  };
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && close()}>
      <DialogContent title={title} description={description} className={className}>
        {children}
      </DialogContent>
    </Dialog>
  );
}
