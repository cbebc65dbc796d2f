import type { DataRow } from "@/components/data-table/data-table";
import { encodeCallId } from "@/lib/calls/call-id";
import type { Call } from "@/lib/calls/read";
import { here, type View } from "../view";
import type { CallColumn } from "./call-columns";
import { beside } from "./call-view";

/** One row of the list: opens its call beside it; `x` leaves its request out. */
export function toCallRow(
  call: Call,
  view: View,
  columns: readonly CallColumn[],
  selected: string | undefined,
): DataRow {
  const id = encodeCallId(call);
  return {
    key: id,
    href: beside(view, id),
    excludeHref: here(view, { "not.request": [...view.params.getAll("not.request"), call.requestId] }),
    keepsScroll: true,
    isSelected: id === selected,
    cells: Object.fromEntries(columns.map(({ key, cell }) => [key, cell(call, view.now)])),
  };
}
