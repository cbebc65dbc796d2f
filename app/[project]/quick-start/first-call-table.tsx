import type { ReactNode } from "react";
import type { FirstCall } from "./first-call";

const GHOSTS = [
  ["Fresh", "w-[42px]"],
  ["Cache write", "w-[34px]"],
  ["Cache read", "w-12"],
  ["Output", "w-7"],
] as const;

/** The call as a ledger: its outline while waiting, its figures once it came. */
export function FirstCallTable({ call, which }: { call: FirstCall | null; which: "first" | "next" }) {
  return (
    <section className="rounded-panel border border-border bg-card px-4 pt-[11px] pb-3">
      <h2 className="font-semibold text-body">{call ? call.model : "What you will see"}</h2>
      <p className="text-muted-foreground text-note">
        {call ? `Your ${which} call: tokens and cost` : `Your ${which} call, as a row`}
      </p>
      <table className="mt-2 w-full">
        <tbody>
          {call
            ? call.rows.map(({ label, tokens, cost }) => <Row key={label} label={label} tokens={tokens} cost={cost} />)
            : GHOSTS.map(([label, width]) => (
                <Row key={label} label={label} tokens={<Ghost width={width} />} cost={<Ghost width="w-[58px]" />} />
              ))}
        </tbody>
        <tfoot>
          <tr className="border-border-strong border-t font-semibold">
            <td className="h-[30px]">Total</td>
            <td />
            <td className="text-right">{call ? call.total : <Ghost width="w-[66px]" />}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Row({ label, tokens, cost }: { label: string; tokens: ReactNode; cost: ReactNode }) {
  return (
    <tr className="border-border not-last:border-b">
      <td className="h-[30px]">{label}</td>
      <td className="text-right">{tokens}</td>
      <td className="text-right">{cost}</td>
    </tr>
  );
}

function Ghost({ width }: { width: string }) {
  return <span className={`inline-block h-2 rounded-[2px] bg-secondary align-middle ${width}`} />;
}
