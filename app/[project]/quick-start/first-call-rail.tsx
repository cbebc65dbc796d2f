"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useFreshKey } from "@/components/forms/fresh-key";
import { Checklist } from "./checklist";
import type { FirstCall } from "./first-call";
import { FirstCallTable } from "./first-call-table";
import { Pulse } from "./pulse";

/** How long the priced call stays in view before the dashboard takes over. */
const SHOWN_MS = 3000;

type Props = {
  slug: string;
  book: { models: number; newest: string };
  storedKey: { prefix: string; environment: string } | null;
  /** When the newest call was made that was there already; null in a project without calls. */
  after: string | null;
};

/** Waits for a call and shows it. After the first one of a project the dashboard opens by itself. */
export function FirstCallRail({ slug, book, storedKey, after }: Props) {
  const which = after === null ? "first" : "next";
  const router = useRouter();
  const fresh = useFreshKey();
  const { data, isError } = useQuery({
    queryKey: ["first-call", slug, after],
    queryFn: () => fetchFirstCall(slug),
    refetchInterval: ({ state }) => (isNew(state.data?.call, after) ? false : 2000),
    refetchIntervalInBackground: true,
    staleTime: 0,
  });
  const call = data && isNew(data.call, after) ? data.call : null;
  const opensDashboard = call !== null && after === null;
  useEffect(() => {
    if (!opensDashboard) return;
    const timer = setTimeout(() => {
      router.push(`/${slug}`);
      router.refresh();
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [opensDashboard, router, slug]);
  const key = fresh ? { prefix: fresh.secret.slice(0, 12), environment: fresh.environment } : storedKey;
  return (
    <div className="grid gap-3 max-[1000px]:order-first">
      <section className="rounded-panel border border-border bg-card px-[18px] pt-5 pb-2">
        <Pulse isStill={call !== null} />
        <div aria-live="polite">
          <h2 className="mt-3.5 font-semibold text-kpi tracking-[-0.025em]">
            {call === null ? `Waiting for the ${which} call` : `The ${which} call is here`}
          </h2>
          <p className="mt-1 text-text-2">
            {call !== null ? (
              `${call.model}, ${call.total}, ${call.source ?? "posted as JSON"}.${opensDashboard ? " Opening the dashboard…" : ""}`
            ) : (
              <>
                This page changes by itself the moment it arrives.
                {key && (
                  <>
                    {" "}
                    Key <span className="mono">{key.prefix}…</span> is live.
                  </>
                )}
              </>
            )}
          </p>
        </div>
        <Checklist
          isReachable={!isError}
          book={book}
          keyEnvironment={key?.environment ?? null}
          which={which}
          call={call}
        />
        <details className="mt-3 border-border border-t py-2 text-note">
          <summary className="text-muted-foreground">Nothing after a minute?</summary>
          <p className="mt-1.5 text-text-2">
            Look at the answer your request got: 401 means the key is wrong or cut, 403 that it lacks the scope ingest,
            422 names each field that was refused, and no answer at all means this address is not reached from there.
          </p>
        </details>
      </section>
      <FirstCallTable call={call} which={which} />
    </div>
  );
}

function isNew(call: FirstCall | null | undefined, after: string | null): call is FirstCall {
  return call != null && (after === null || call.at > after);
}

async function fetchFirstCall(slug: string): Promise<{ call: FirstCall | null }> {
  const answer = await fetch(`/${slug}/quick-start/first-call`, { cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}
