"use client";

import { CircleHelp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useSyncExternalStore } from "react";
import { tinykeys } from "tinykeys";
import { hrefWith, sharedParams } from "@/components/filters/url-state";
import { copyLink } from "@/components/shell/copy-link";
import { NAVIGATION, SETTINGS_ITEM } from "@/components/shell/navigation";
import { moveRow, press, rowLink } from "@/components/shell/row-focus";
import { ShortcutList } from "@/components/shell/shortcut-list";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent } from "@/components/ui/dialog";

const HELP = "spendtrace:help";
const CHANGED = "spendtrace:single-keys";
/** Keys that click what is on the page under `data-shortcut`. */
const CONTROLS = { "[": "previous", "]": "next", Escape: "close" };
const STORED_OFF = "spendtrace.single-keys-off";

function subscribe(listener: () => void) {
  addEventListener(CHANGED, listener);
  return () => removeEventListener(CHANGED, listener);
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return Boolean(
    target?.closest("input, textarea, select, [contenteditable], [role=menu], [role=dialog], [role=listbox]"),
  );
}

/** Opens the list of shortcuts. */
export function HelpButton() {
  return (
    <Button
      variant="ghost"
      size="icon-small"
      aria-label="Keyboard shortcuts"
      onClick={() => dispatchEvent(new Event(HELP))}
    >
      <CircleHelp />
    </Button>
  );
}

/** The keyboard of the whole app and the list of it. Off while typing; single keys can be switched off (WCAG 2.1.4). */
export function Shortcuts({ base }: { base: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const isOff = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(STORED_OFF) === "1",
    () => false,
  );

  useEffect(() => {
    const open = () => setIsOpen(true);
    addEventListener(HELP, open);
    return () => removeEventListener(HELP, open);
  }, []);

  useEffect(() => {
    if (isOff) return;
    const actions: Record<string, () => void> = {
      // With Shift on most layouts, without it on some.
      "Shift+?": () => setIsOpen(true),
      "?": () => setIsOpen(true),
      "/": () => press("filter"),
      p: () => press("period"),
      v: () => press("compare"),
      y: copyLink,
      e: () => {
        const csv = document.querySelector<HTMLElement>("[data-csv]")?.dataset.csv;
        if (csv) location.assign(csv);
      },
      j: () => moveRow(1),
      k: () => moveRow(-1),
      x: () => {
        const href = rowLink()?.closest<HTMLElement>("[data-row]")?.dataset.exclude;
        if (href) router.replace(href, { scroll: false });
      },
    };
    for (const [key, control] of Object.entries(CONTROLS)) actions[key] = () => press(control);
    for (const item of [...NAVIGATION.flatMap(({ items }) => items), SETTINGS_ITEM]) {
      actions[`g ${item.key}`] = () => router.push(hrefWith(`${base}${item.path}`, sharedParams(location.search)));
    }
    const guarded = Object.entries(actions).map(([keys, act]) => [
      keys,
      (event: KeyboardEvent) => {
        if (isTyping(event)) return;
        event.preventDefault();
        act();
      },
    ]);
    return tinykeys(window, Object.fromEntries(guarded));
  }, [base, isOff, router]);

  const setOff = (off: boolean) => {
    localStorage.setItem(STORED_OFF, off ? "1" : "0");
    dispatchEvent(new Event(CHANGED));
  };
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogContent title="Keyboard" description="? opens this anywhere" className="max-w-[560px]">
        <ShortcutList />
        <Checkbox
          className="mt-4"
          label="Single keys"
          hint="Off: only this button opens the list, and no key acts alone"
          checked={!isOff}
          onCheckedChange={(checked) => setOff(checked !== true)}
        />
      </DialogContent>
    </Dialog>
  );
}
