import type { Row } from "@/lib/reports/schema";
import { listNote } from "./against-list";

/** One line under a figure of spend: the list price and what the contract saved; nothing where all was paid by the list. */
export function ListNote({ row }: { row: Row }) {
  const note = listNote(row);
  return note && <p className="mt-0.5 text-muted-foreground text-note">{note}</p>;
}
