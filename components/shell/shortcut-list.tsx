import { NAVIGATION, SETTINGS_ITEM } from "@/components/shell/navigation";
import { Kbd } from "@/components/ui/kbd";

const ACTIONS: readonly Readonly<{ keys: readonly string[]; label: string }>[] = [
  { keys: ["/"], label: "Add a filter" },
  { keys: ["p"], label: "Period" },
  { keys: ["v"], label: "Comparison on or off" },
  { keys: ["j", "k"], label: "Next, previous row" },
  { keys: ["Enter"], label: "Open row" },
  { keys: ["x"], label: "Exclude row as filter" },
  { keys: ["[", "]"], label: "Previous, next page or deploy" },
  { keys: ["y"], label: "Copy link" },
  { keys: ["e"], label: "CSV of the panel" },
  { keys: ["Esc"], label: "Close, clear" },
];

/** Every shortcut with what it does. */
export function ShortcutList() {
  const pages = [...NAVIGATION.flatMap(({ items }) => items), SETTINGS_ITEM];
  const all = [...pages.map(({ key, label }) => ({ keys: ["g", key], label })), ...ACTIONS];
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-1.5 max-phone:grid-cols-1">
      {all.map(({ keys, label }) => (
        <div key={label} className="grid grid-cols-[60px_1fr] items-center text-[12.5px] text-text-2">
          <dt className="flex gap-1">
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd>{label}</dd>
        </div>
      ))}
    </dl>
  );
}
