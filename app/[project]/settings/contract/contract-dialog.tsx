import type { Scope } from "@/lib/auth/scope";
import { listUnpricedModels } from "@/lib/calls/list-unpriced";
import { diffContracts } from "@/lib/pricing/contract-diff";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { findSpelling } from "@/lib/pricing/match";
import type { PageParams } from "../../view";
import { choicesOf } from "./choices";
import { EndForm } from "./end-form";
import { OverrideForm } from "./override-form";
import type { ContractView } from "./read-contract";
import { RemoveOverride } from "./remove-override";
import { RestoreContract } from "./restore-contract";
import { UrlDialog } from "./url-dialog";
import { describeChange, kindOf } from "./words";

type Props = { slug: string; scope: Scope; path: string; view: ContractView; asked: PageParams };

const TITLES = { rates: "Own rates", adjustment: "Discount or premium", alias: "Alias" } as const;

/** The dialog that the URL asks for: `new=<kind>` with what fills it in, `change=`, `end=`, `remove=<id>`, `restore=<version>`. */
export async function ContractDialog({ slug, scope, path, view, asked }: Props) {
  const text = (name: string) => [asked[name]].flat()[0] || null;
  const common = { slug, path, basedOn: view.version };
  const kind = text("new");
  const id = text("change") ?? text("end") ?? text("remove");
  const current = view.rows.map(({ override }) => override);
  const found = current.find((override) => override.id === id);
  const restored = view.history.find(({ entry }) => String(entry.version) === text("restore"));
  if (restored) {
    const { version, overrides } = restored.entry;
    const changes = diffContracts(current, overrides).map(describeChange);
    return <RestoreContract key={version} {...common} version={version} changes={changes} />;
  }
  if (found && text("end")) {
    return (
      <UrlDialog key={id} path={path} title={`End ${kindOf(found)}`}>
        <EndForm {...common} override={found} today={view.today} />
      </UrlDialog>
    );
  }
  if (found && text("remove")) return <RemoveOverride key={id} {...common} override={found} />;
  const isKind = kind === "rates" || kind === "adjustment" || kind === "alias";
  if (!found && !isKind) return null;
  const start = found ?? newOverride(isKind ? kind : "alias", text, view);
  const unpriced = start.kind === "alias" ? (await listUnpricedModels(scope)).models.map(({ model }) => model) : [];
  return (
    <UrlDialog
      key={`${id}${kind}`}
      path={path}
      title={found ? `Change ${kindOf(found)}` : TITLES[start.kind]}
      className="max-w-[520px]"
    >
      <OverrideForm
        {...common}
        id={found?.id ?? null}
        start={start}
        choices={choicesOf(view.book, new Date(view.today), current, unpriced)}
      />
    </UrlDialog>
  );
}

/** An override as a link fills it in; a spelling of a model is that model on its platform. */
function newOverride(
  kind: StoredOverride["kind"],
  text: (name: string) => string | null,
  { book, today }: ContractView,
): StoredOverride {
  const dates = { id: "", from: today, to: null, note: "" };
  const sent = text("model");
  if (kind === "alias") return { kind, ...dates, model: sent ?? "", target: text("target") ?? "" };
  const spelling = sent === null ? null : findSpelling(book, sent);
  const model = spelling?.model.id ?? sent;
  const platform = text("platform") ?? spelling?.platform ?? null;
  if (kind === "adjustment") return { kind, ...dates, provider: text("provider"), platform, model, percent: "" };
  const rates = { input: "", cache_create_5m: "", cache_create_1h: "", cache_read: "", output: "" };
  return { kind, ...dates, model: model ?? "", platform, rates };
}
