import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { listUnpricedModels, type UnpricedModel } from "@/lib/calls/list-unpriced";
import { formatCompact, formatCount, formatMinute } from "@/lib/format";
import { bookSummary } from "@/lib/pricing/book";
import { reasonInWords } from "../calls/call-words";
import { there, type View } from "../view";

type Props = { scope: Scope; view: View };

const COLUMNS: readonly DataColumn[] = [
  { key: "model", label: "Model", align: "left" },
  { key: "reason", label: "Why there is no price", align: "left", onPhone: false },
  { key: "calls", label: "Calls" },
  { key: "tokens", label: "Tokens", onPhone: false },
  { key: "last", label: "Last call, UTC", onPhone: false },
];

/** Models whose calls have no price: counted, shown with the reason, and in no total. */
export function UnpricedModels({ scope, view }: Props) {
  const read = listUnpricedModels(scope, { period: view.query.period, filters: view.query.filters });
  return (
    <Panel
      title="Unpriced models"
      question="Which calls are in no total?"
      span={8}
      height={290}
      right={<Count read={read} />}
    >
      <Rows read={read} view={view} />
    </Panel>
  );
}

type Read = Promise<readonly UnpricedModel[]>;

async function Count({ read }: { read: Read }) {
  const models = await read.catch(() => []);
  return models.length > 0 && <PanelCount>{`${models.length} of ${models.length}`}</PanelCount>;
}

async function Rows({ read, view }: { read: Read; view: View }) {
  const models = await read;
  const { asOf, models: known } = bookSummary();
  return (
    <>
      {models.length === 0 ? (
        <Empty title="None">Every call of this period has a price, or is not billed by its provider.</Empty>
      ) : (
        <DataTable
          label="Unpriced models"
          columns={COLUMNS}
          rows={models.map(({ provider, model, reason, rows, tokens, lastAt }) => ({
            key: JSON.stringify([provider, model, reason]),
            href: there(view, "/calls", { "filter.model": model, "filter.pricing": "unpriced" }),
            cells: {
              model: (
                <span
                  className="mono block max-w-[240px] truncate max-phone:max-w-[140px]"
                  title={`${model}, ${provider}`}
                >
                  {model}
                </span>
              ),
              reason: <span className="text-text-2">{reasonInWords(reason)}</span>,
              calls: formatCount(rows),
              tokens: <span title={formatCount(tokens)}>{formatCompact(tokens)}</span>,
              last: formatMinute(lastAt),
            },
          }))}
          sort={null}
        />
      )}
      <PanelFoot>
        The price book of {asOf} knows {known} models by exact id. Nothing is priced by a similar name.
      </PanelFoot>
    </>
  );
}
