/** On every page of a demo: what is shown was made up. */
export function DemoBanner() {
  return (
    <aside
      aria-label="Sample data"
      className="border-border border-b bg-brand-soft px-6 py-1.5 text-brand text-note max-phone:px-4"
    >
      <strong className="font-semibold">Sample data.</strong> Every call, tenant and deploy here is made up.
    </aside>
  );
}
