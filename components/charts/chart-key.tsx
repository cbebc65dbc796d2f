/** What the marks of a time series mean: series (when no table says so), comparison, running bucket, deploys. */
export function ChartKey({
  entries,
  compareLabel,
  runningLabel,
  hasDeploys,
}: {
  entries: readonly Readonly<{ name: string; color: string }>[];
  compareLabel?: string;
  runningLabel?: string;
  hasDeploys: boolean;
}) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-2 pl-10 text-muted-foreground text-note max-phone:gap-x-3.5 max-phone:pl-0 [&>li]:inline-flex [&>li]:items-center [&>li]:gap-1.5 [&_svg]:shrink-0">
      {entries.map(({ name, color }) => (
        <li key={name}>
          <span aria-hidden className="size-2 rounded-[2px]" style={{ background: color }} />
          {name}
        </li>
      ))}
      {compareLabel && (
        <li>
          <svg width="18" height="8" aria-hidden="true">
            <path d="M0 4h18" stroke="var(--foreground)" strokeWidth="1.4" strokeDasharray="4 3" opacity=".72" />
          </svg>
          {compareLabel}
        </li>
      )}
      {runningLabel && (
        <li>
          <svg width="10" height="10" aria-hidden="true">
            <rect width="10" height="10" fill="var(--chart-other)" />
            <path d="M0 5 5 0M0 10 10 0M5 10 10 5" stroke="var(--hatch)" strokeWidth="2" />
          </svg>
          {runningLabel}
        </li>
      )}
      {hasDeploys && (
        <li>
          <svg width="8" height="10" aria-hidden="true">
            <circle cx="4" cy="5" r="2.4" fill="none" stroke="var(--muted-foreground)" strokeWidth="1.2" />
          </svg>
          deploy
        </li>
      )}
    </ul>
  );
}
