import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";
import type { PriceChange } from "./changes";

const COLUMNS: readonly DataColumn[] = [
  { key: "on", label: "From", align: "left", width: 120 },
  { key: "model", label: "Model", align: "left", width: 220 },
  { key: "kind", label: "Kind", align: "left", width: 96, onPhone: false },
  { key: "text", label: "What changed, USD for a million tokens", align: "left" },
];

const WORDS = { first: "new", changed: "changed", ended: "ended", retired: "retired" } as const;
const BADGES = { first: "outline", changed: "brand", ended: "default", retired: "default" } as const;

/** What changed in the book, newest first: each day is said once. */
export function ChangeTable({
  changes,
  hrefOf,
  today,
}: {
  changes: readonly PriceChange[];
  hrefOf: (model: string) => string;
  today: string;
}) {
  const rows = changes.map(({ on, model, kind, text }, index) => ({
    key: `${on} ${model.provider}/${model.id} ${text}`,
    href: hrefOf(model.id),
    cells: {
      on: (
        <>
          <span className={changes[index - 1]?.on === on ? "sr-only" : undefined}>{formatDate(new Date(on))}</span>
          <span className="sr-only"> {model.name}</span>
        </>
      ),
      model: <span className="block max-w-[220px] truncate max-phone:max-w-[92px]">{model.name}</span>,
      kind: on > today ? <Badge variant="warn">announced</Badge> : <Badge variant={BADGES[kind]}>{WORDS[kind]}</Badge>,
      text: <span className="block whitespace-normal py-2">{text}</span>,
    },
  }));
  return <DataTable label="Changes" columns={COLUMNS} rows={rows} sort={null} />;
}
