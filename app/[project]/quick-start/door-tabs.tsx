import Link from "next/link";
import { DOORS, type DoorKey, doorHref } from "./doors";

/** Every way in, each a link: the URL holds which one is shown. */
export function DoorTabs({ slug, door }: { slug: string; door: DoorKey }) {
  return (
    <nav aria-label="Ways in" className="mb-[22px] flex gap-0.5 overflow-x-auto border-border border-b">
      {DOORS.map(({ key, label }) => (
        <Link
          key={key}
          href={doorHref(slug, key)}
          replace
          scroll={false}
          prefetch={false}
          aria-current={key === door ? "page" : undefined}
          className="whitespace-nowrap border-transparent border-b-2 px-2.5 py-2 text-text-2 -outline-offset-2 hover:text-foreground aria-[current=page]:border-foreground aria-[current=page]:font-medium aria-[current=page]:text-foreground max-phone:py-3"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
