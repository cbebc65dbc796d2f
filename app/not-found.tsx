import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { Logo } from "@/components/shell/mark";
import { Button } from "@/components/ui/button";

export const metadata = { title: "Not found" };

/** No such address, or none that this person may see: the answer does not tell which. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-2 p-4">
      <Logo />
      <h1 className="sr-only">Not found</h1>
      <Empty
        title="Nothing at this address"
        action={
          <Button asChild>
            <Link href="/">To your projects</Link>
          </Button>
        }
      >
        The page does not exist, or it belongs to a project you are not a member of.
      </Empty>
    </main>
  );
}
