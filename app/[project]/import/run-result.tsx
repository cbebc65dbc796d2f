"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import type { Sending, Span } from "./use-sending";

type Props = { slug: string; environment: string; sending: Sending };

/** What became of the calls, by figures and reasons, with ways on. */
export function RunResult({ slug, environment, sending: { sums, refused, span, state } }: Props) {
  const skipped = Object.values(sums.skipped).reduce((sum, count) => sum + count, 0);
  const rows: readonly [string, number, string?][] = [
    ["Read", sums.read],
    ["Accepted", sums.accepted],
    ["Duplicates", sums.duplicates, "stored already; nothing changed"],
    ["Conflicts", sums.conflicts, "stored with other content; the first one stays"],
    ["Skipped", skipped, reasonsOf(sums.skipped)],
    ["Refused", sums.refused, reasonsOf(sums.reasons)],
    ["Unpriced", sums.unpriced, "stored without a cost"],
  ];
  return (
    <>
      <dl className="mt-2 grid max-w-[720px]">
        {rows.map(([name, count, note]) =>
          count === 0 && name !== "Read" && name !== "Accepted" ? null : (
            <div
              key={name}
              className="grid grid-cols-[90px_90px_minmax(0,1fr)] gap-x-3 border-border border-b py-1.5 last:border-b-0 max-phone:grid-cols-[1fr_auto]"
            >
              <dt className="text-text-2">{name}</dt>
              <dd className="text-right font-medium">{formatCount(count)}</dd>
              {note && <dd className="text-muted-foreground text-note leading-5 max-phone:col-span-2">{note}</dd>}
            </div>
          ),
        )}
      </dl>
      {state !== "running" && (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          {span && (
            <Link className="link underline underline-offset-3" href={callsHref(slug, environment, span)}>
              See the calls of these days
            </Link>
          )}
          {sums.unpriced > 0 && (
            <Link className="link underline underline-offset-3" href={`/${slug}/settings/unpriced`}>
              Set prices
            </Link>
          )}
          {refused.length > 0 && <RefusedFile lines={refused} all={sums.refused + sums.conflicts} />}
        </div>
      )}
    </>
  );
}

function reasonsOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([reason, count]) => `${formatCount(count)} × ${reason}`)
    .join("; ");
}

function callsHref(slug: string, environment: string, { first, last }: Span): string {
  const to = new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return `/${slug}/calls?${new URLSearchParams({ from: first, to, "filter.environment": environment })}`;
}

/** The refused lines as a file, made when it is asked for. */
function RefusedFile({ lines, all }: { lines: readonly string[]; all: number }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "application/x-ndjson" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [lines]);
  if (url === null) return null;
  return (
    <Button asChild size="small">
      <a href={url} download="refused.jsonl">
        {all > lines.length ? `First ${formatCount(lines.length)} refused lines` : "Refused lines"}, with reasons
      </a>
    </Button>
  );
}
