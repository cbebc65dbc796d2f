import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { IGNORED_WORDS } from "./door-words";
import type { Judged, TriedField } from "./judge";

/** One record of what was pasted: the call that it would become field by field, or why it would become none. */
export function TriedRecord({ name, judged }: { name: string; judged: Judged }) {
  return (
    <section aria-label={name} className="mt-3 min-w-0 border-border border-t pt-3">
      <h3 className="font-medium [overflow-wrap:anywhere]">
        <span className="mono">{name}</span> {headline(judged)}
      </h3>
      {judged.outcome === "ignored" && <p className="text-text-2">{IGNORED_WORDS[judged.reason]}</p>}
      {judged.outcome === "refused" && (
        <ul className="text-firing">
          {judged.errors.map(({ path, message }) => (
            <li key={`${path} ${message}`} className="[overflow-wrap:anywhere]">
              <code className="mono">{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {judged.outcome === "call" && <Price judged={judged} />}
      {judged.outcome !== "ignored" && <Fields fields={judged.fields} />}
    </section>
  );
}

function headline(judged: Judged): string {
  if (judged.outcome === "ignored") return "would be ignored";
  if (judged.outcome === "refused") return "would be refused";
  if (judged.costUsd === null) return "would become a call without a price";
  return `would become a call of $${judged.costUsd}`;
}

function Price({ judged }: { judged: Extract<Judged, { outcome: "call" }> }) {
  return (
    <>
      {judged.contradiction && <p className="text-watch">It contradicts itself: {judged.contradiction}.</p>}
      {judged.leftOut.map(({ path, message }) => (
        <p key={path} className="text-watch">
          It would be taken without <code className="mono">{path}</code>, which {message}.
        </p>
      ))}
      <ul className="text-text-2">
        {judged.lines.map((line) => (
          <li key={line.model} className="[overflow-wrap:anywhere]">
            {line.model}, {line.status}
            {line.reason && `: ${line.reason}`}
            {line.kinds.map(({ kind, tokens, rate_usd_per_mtok }) => (
              <span key={kind}>
                , {tokens.toLocaleString("en")} {kind}
                {rate_usd_per_mtok && ` at $${rate_usd_per_mtok}/MTok`}
              </span>
            ))}
            {line.notes.length > 0 && ` (${line.notes.join(", ")})`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Fields({ fields }: { fields: readonly TriedField[] }) {
  return (
    <Table className="mt-2">
      <thead>
        <TableRow>
          <TableHead className="w-[170px]">Field</TableHead>
          <TableHead>Value</TableHead>
          <TableHead className="max-phone:hidden">From</TableHead>
        </TableRow>
      </thead>
      <tbody>
        {fields.map(({ field, value, origin }) => (
          <TableRow key={field}>
            <TableCell className="mono text-note">{field}</TableCell>
            <TableCell className="whitespace-normal py-1 [overflow-wrap:anywhere]">
              {value}
              {origin && <span className="mono block text-note text-text-2 phone:hidden">{origin}</span>}
            </TableCell>
            <TableCell className="mono whitespace-normal text-note text-text-2 [overflow-wrap:anywhere] max-phone:hidden">
              {origin ?? ""}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
