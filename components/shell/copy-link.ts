import { toast } from "sonner";

/** Copies the address of what is on the screen; it holds period, filters, grouping and sort. */
export async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    toast.success("Link copied");
  } catch {
    toast.error("Link not copied", { description: "The browser refused access to the clipboard." });
  }
}
