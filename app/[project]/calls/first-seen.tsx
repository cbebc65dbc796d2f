import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import { isFirstOfPrefix, PREFIX_DAYS } from "@/lib/calls/first-of-prefix";
import type { Call } from "@/lib/calls/read";

/** Beside a prefix that came with this call: its cache cannot have been filled before. */
export async function FirstSeen({ scope, call }: { scope: Scope; call: Call }) {
  if (!(await isFirstOfPrefix(scope, call).catch(() => false))) return null;
  return (
    <Badge variant="worse" title={`not sent in the ${PREFIX_DAYS} days before`}>
      first seen here
    </Badge>
  );
}
