import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import { isFirstOfPrefix } from "@/lib/calls/first-of-prefix";
import type { Call } from "@/lib/calls/read";

/** Beside a prefix that its feature had not sent to this model in the hour before: no cache of it can have lived. */
export async function FirstSeen({ scope, call }: { scope: Scope; call: Call }) {
  if (!(await isFirstOfPrefix(scope, call).catch(() => false))) return null;
  return (
    <Badge
      variant="worse"
      title="This feature did not send the prefix to this model in the hour before, and no cache lives longer"
    >
      first in an hour
    </Badge>
  );
}
