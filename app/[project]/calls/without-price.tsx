import Link from "next/link";
import type { Call } from "@/lib/calls/read";
import { adviceFor } from "../settings/unpriced/advice";
import type { View } from "../view";
import { reasonInWords } from "./call-words";

type Props = { call: Call; view: View; reason: string; mayChangeContract: boolean };

const sentence = (text: string) => `${text.replace(/^./, (first) => first.toUpperCase())}.`;

/** Why a row of a call has no price, or costs nothing; of an unpriced one also what to do about it. */
export function WithoutPrice({ call, view, reason, mayChangeContract }: Props) {
  return (
    <div className="mt-2.5 grid gap-1 rounded-control bg-inset px-3 py-2 text-[12.5px] leading-[18px]">
      <p>{sentence(reasonInWords(reason))}</p>
      {call.pricingStatus === "unpriced" && <Advice {...{ call, view, reason, mayChangeContract }} />}
    </div>
  );
}

function Advice({ call, view, reason, mayChangeContract }: Props) {
  const settings = `${view.base}/settings`;
  const cause = { reason, sentModel: call.sentModel ?? call.model, platform: call.platform };
  const { text, remedies } = adviceFor(cause, `${settings}/contract`);
  const links = [
    ...(mayChangeContract ? remedies : []),
    { label: "All unpriced models", href: `${settings}/unpriced` },
  ];
  return (
    <>
      <p className="text-text-2">{text}</p>
      <p className="flex flex-wrap gap-x-3">
        {links.map(({ label, href }) => (
          <Link key={href} className="link" href={href}>
            {label}
          </Link>
        ))}
      </p>
    </>
  );
}
