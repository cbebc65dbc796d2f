import { hasRole } from "@/lib/auth/require-user";
import type { Role, Scope } from "@/lib/auth/scope";
import { readPriceOrigin } from "@/lib/calls/price-origin";
import type { Call } from "@/lib/calls/read";
import type { View } from "../view";
import { PrefixHint } from "./prefix-hint";
import { explainPrice } from "./price-lines";
import { PriceProvenance } from "./price-provenance";
import { PriceTable } from "./price-table";
import { withPrefixRead } from "./with-prefix-read";
import { WithoutPrice } from "./without-price";

/** What one row of a call cost, line by line, and where that price comes from: by its own version of the project's prices. */
export async function CallPrice({ scope, call, view }: { scope: Scope; call: Call; view: View }) {
  const origin = await readPriceOrigin(scope, call);
  const explanation = explainPrice(call, origin.prices);
  const may = (role: Role) => scope.role !== "ingest" && hasRole(scope.role, role);
  const prefix = withPrefixRead(call, explanation);
  return (
    <>
      <PriceTable call={call} explanation={explanation} />
      {prefix && <PrefixHint prefix={prefix} />}
      {call.pricingReason && (
        <WithoutPrice call={call} view={view} reason={call.pricingReason} mayChangeContract={may("owner")} />
      )}
      <PriceProvenance {...{ call, view, origin, explanation }} mayReadContract={may("member")} />
    </>
  );
}
