import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { formatDate } from "@/lib/format";
import type { FirstCall } from "./first-call";

type State = "done" | "now" | "later" | "failed";

type Props = {
  isReachable: boolean;
  book: { models: number; newest: string };
  keyEnvironment: string | null;
  which: "first" | "next";
  call: FirstCall | null;
};

/** Everything between here and a priced call, each step with its own state. */
export function Checklist({ isReachable, book, keyEnvironment, which, call }: Props) {
  const name = which === "first" ? "First call" : "Next call";
  const hasKey = keyEnvironment !== null || call !== null;
  return (
    <ul className="mt-3.5 grid gap-[7px] text-[12.5px] leading-[18px]">
      <Item state={isReachable ? "done" : "failed"}>
        {isReachable ? "Server reachable, database ready" : "The server does not answer; trying again"}
      </Item>
      <Item state="done">
        Price book loaded, {book.models} models, newest {formatDate(new Date(`${book.newest}T00:00:00Z`))}
      </Item>
      <Item state={hasKey ? "done" : "now"}>
        {keyEnvironment === null ? "A key with the scope ingest" : `Key for ${keyEnvironment}, scope ingest`}
      </Item>
      <Item state={call ? "done" : hasKey ? "now" : "later"}>{name} received</Item>
      <Item state={call === null ? "later" : call.isPriced ? "done" : "failed"}>
        {call?.isPriced === false ? `${name} unpriced: ${call.reason}` : `${name} priced`}
      </Item>
    </ul>
  );
}

function Item({ state, children }: { state: State; children: ReactNode }) {
  return (
    <li
      className={cn(
        "flex items-center gap-2 text-muted-foreground",
        state === "done" && "text-text-2",
        state === "now" && "font-medium text-foreground",
        state === "failed" && "font-medium text-warn",
      )}
    >
      {state === "done" ? (
        <Check aria-hidden strokeWidth={1.75} className="size-[13px] shrink-0 text-better" />
      ) : (
        <span
          aria-hidden
          className={cn(
            "size-[13px] shrink-0 rounded-full border-[1.5px] border-border-strong",
            state === "now" && "animate-spin border-2 border-brand border-r-transparent",
            state === "failed" && "border-warn",
          )}
        />
      )}
      {children}
    </li>
  );
}
