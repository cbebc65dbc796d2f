import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import { formatDate } from "@/lib/format";
import { formatPeriod, startOfBucket } from "@/lib/period";
import { findPromptSpan } from "@/lib/reports/prompt-profile";
import { thresholdParams } from "../../panels/storm-words";
import { during, there, type View } from "../../view";

const DAY = 86_400_000;

/** No call with this prompt hash in the period, or none at all: which of the two, and what to do. */
export async function UnknownPrompt({ scope, view, prompt }: { scope: Scope; view: View; prompt: string }) {
  const span = await findPromptSpan(scope, prompt);
  if (!span) {
    return (
      <Empty
        title="No call with this prompt hash"
        action={
          <Button asChild>
            <Link href={there(view, "/prompts", thresholdParams(view))}>All prompts</Link>
          </Button>
        }
      >
        None has arrived that you may see. A hash has 16 hexadecimal digits where the SDK makes it; is it whole?
      </Empty>
    );
  }
  const { firstSeenAt, lastSeenAt } = span;
  const all = {
    from: startOfBucket(firstSeenAt, "day"),
    to: new Date(startOfBucket(lastSeenAt, "day").getTime() + DAY),
  };
  return (
    <Empty
      title="No call with this prompt hash in the period"
      action={
        <Button asChild>
          <Link href={during(view, all)}>{formatPeriod(all, view.now)}</Link>
        </Button>
      }
    >
      {formatPeriod(view.query.period, view.now)} holds none that the filters let through. It was first called on{" "}
      {formatDate(firstSeenAt)}, last on {formatDate(lastSeenAt)}.
    </Empty>
  );
}
