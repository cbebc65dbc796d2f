import { Muted } from "@/components/data-table/muted";
import { Badge } from "@/components/ui/badge";

/** The status of an attempt, loud where it failed; which attempt it was, and which line of a call of several models. */
export function CallStatus({
  call: { statusCode, attempt, line },
}: {
  call: Readonly<{ statusCode: number; attempt: number; line: number }>;
}) {
  const variant = statusCode === 429 ? "warn" : statusCode >= 400 ? "firing-soft" : null;
  return (
    <span className="inline-flex items-center gap-1">
      {variant ? <Badge variant={variant}>{statusCode}</Badge> : <Muted>{statusCode}</Muted>}
      {attempt > 1 && <Badge variant="outline">attempt {attempt}</Badge>}
      {line > 0 && <Badge variant="outline">line {line}</Badge>}
    </span>
  );
}
