import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";
import type { PriceChange } from "./changes";

const COLUMNS: readonly DataColumn[] = [
  { key: "on", label: "From", align: "left", width: 120 },
  { key: "model", label: "Model", align: "left", width: 220, onPhone: false },
  { key: "kind", label: "Kind", align: "left", width: 96, onPhone: false },
  { key: "text", label: "What changed", align: "left" },
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
        <span className="block max-phone:py-1.5">
          <span className={changes[index - 1]?.on === on ? "sr-only" : "block"}>{formatDate(new Date(on))}</span>
          {/* On a phone the name stands below the day; elsewhere it names the link for who hears it. */}
          <span className="phone:sr-only max-phone:block max-phone:max-w-[116px] max-phone:truncate max-phone:font-normal max-phone:text-text-2">
            {" "}
            {model.name}
          </span>
        </span>
      ),
      model: <span className="block max-w-[220px] truncate">{model.name}</span>,
      kind: on > today ? <Badge variant="warn">announced</Badge> : <Badge variant={BADGES[kind]}>{WORDS[kind]}</Badge>,
      text: <span className="block whitespace-normal py-2">{text}</span>,
    },
  }));
  return <DataTable label="Changes" columns={COLUMNS} rows={rows} sort={null} />;
}
