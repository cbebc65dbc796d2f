import type { Scope } from "@/lib/auth/scope";
import { formatMinute } from "@/lib/format";
import { listDeploys } from "@/lib/reports/read-deploys";
import type { View } from "../../view";
import { AgainstPicker } from "./against-picker";
import { otherFilters, shortSha, WINDOW_LABELS, windowOf } from "./read-deploy";

/** What the deploy is held against: the time before its first call, or any other deploy. */
export async function AgainstChoice({ scope, view }: { scope: Scope; view: View }) {
  const own = view.own?.values[0];
  const deploys = await listDeploys(scope, otherFilters(view)).catch(() => []);
  const options = deploys
    .filter(({ deploy }) => deploy !== own)
    .map(({ deploy, firstSeenAt }) => ({ sha: deploy, name: shortSha(deploy), firstCall: formatMinute(firstSeenAt) }));
  return (
    <AgainstPicker
      before={`${WINDOW_LABELS[windowOf(view)]} before`}
      against={view.query.against ?? null}
      options={options.reverse()}
    />
  );
}
