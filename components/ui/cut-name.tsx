/** How much of the end stays: "5-5" and a date tell models apart that begin alike. */
const TAIL = 8;
const SHORT = 12;

/** A name cut in the middle where there is no room for it: its end stays. In full for readers of the screen, and for who copies it. */
export function CutName({ name }: { name: string }) {
  const letters = [...name];
  if (letters.length <= SHORT) return <span className="block truncate">{name}</span>;
  return (
    <span className="relative block min-w-0">
      <span className="sr-only">{name}</span>
      <span aria-hidden className="flex min-w-0 select-none">
        <span className="min-w-0 truncate whitespace-pre">{letters.slice(0, -TAIL).join("")}</span>
        <span className="shrink-0 whitespace-pre">{letters.slice(-TAIL).join("")}</span>
      </span>
    </span>
  );
}
