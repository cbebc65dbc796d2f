import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import { formatDay, formatDuration, formatSha, formatTime } from "@/lib/format";
import { drillHref, type View } from "../../view";
import { DeployTitle } from "../told-deploy";
import { readSpans, readTold } from "./read-deploy";

type Props = { scope: Scope; view: View };

/**
 * "Greet customers by their local time. Deployed 19 Nov 08:59:01 UTC. First call 19 Nov 09:00:12 UTC, live for 53 h 32 min, after
 * 9f8e7d6, the deploy before".
 */
export async function DeployFacts({ scope, view }: Props) {
  const [spans, told] = await Promise.all([readSpans(scope, view), readTold(scope, view)]).catch(() => [null, null]);
  const announced = told && (
    <>
      {(told.title ?? told.url) !== null && (
        <>
          <DeployTitle told={told} />.{" "}
        </>
      )}
      Deployed {formatDay(told.deployedAt)} {formatTime(told.deployedAt)} UTC.{" "}
    </>
  );
  if (!spans) return <>{announced}No call of this deploy is known</>;
  const { firstSeenAt, lastSeenAt, deployBefore } = spans;
  const live = formatDuration(lastSeenAt.getTime() - firstSeenAt.getTime());
  return (
    <>
      {announced}
      First call {formatDay(firstSeenAt)} {formatTime(firstSeenAt)} UTC, live for {live}
      {deployBefore === null ? (
        ", the first deploy"
      ) : (
        <>
          , after <span className="mono">{formatSha(deployBefore)}</span>, the deploy before
        </>
      )}
    </>
  );
}

/** The deploys before and after; `[` and `]` on the keyboard. */
export async function DeployPager({ scope, view }: Props) {
  const spans = await readSpans(scope, view).catch(() => null);
  if (!spans) return null;
  const to = (sha: string) => drillHref({ ...view, own: null }, "deploy", sha);
  return (
    <>
      {spans.deployBefore !== null && (
        <Button asChild variant="ghost">
          <Link
            href={to(spans.deployBefore)}
            data-shortcut="previous"
            aria-label={`Deploy before, ${spans.deployBefore}`}
          >
            ‹ <span className="mono">{formatSha(spans.deployBefore)}</span>
          </Link>
        </Button>
      )}
      {spans.deployAfter !== null && (
        <Button asChild variant="ghost">
          <Link href={to(spans.deployAfter)} data-shortcut="next" aria-label={`Deploy after, ${spans.deployAfter}`}>
            <span className="mono">{formatSha(spans.deployAfter)}</span> ›
          </Link>
        </Button>
      )}
    </>
  );
}
