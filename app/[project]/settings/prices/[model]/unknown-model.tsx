import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { PanelFrame } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";

/** A name that the book does not know: its calls are unpriced unless the contract prices it. */
export function UnknownModel({ base, name, isMember }: { base: string; name: string; isMember: boolean }) {
  const to = (kind: string) => `${base}/settings/contract?new=${kind}&model=${encodeURIComponent(name)}`;
  return (
    <PanelFrame label="Not in the book">
      <Empty
        title={`${name} is not in the price book`}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button asChild>
              <Link href={`${base}/settings/prices`}>Show all prices</Link>
            </Button>
            {isMember && (
              <>
                <Button asChild>
                  <Link href={to("alias")}>Say what it stands for</Link>
                </Button>
                <Button asChild>
                  <Link href={to("rates")}>Give it a price</Link>
                </Button>
              </>
            )}
          </div>
        }
      >
        Its price is never guessed: calls are unpriced until the contract names what it stands for or what it costs.
      </Empty>
    </PanelFrame>
  );
}
