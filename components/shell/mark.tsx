/** The mark: one line of spending that forks. 20 px. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect width="20" height="20" rx="5" fill="var(--foreground)" />
      <path
        d="M4.5 5.5h3.2c1.2 0 1.8.6 1.8 1.8v5.4c0 1.2.6 1.8 1.8 1.8h4.2M9.5 10h6"
        fill="none"
        stroke="var(--background)"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
      <circle cx="4.7" cy="5.5" r="1.5" fill="var(--background)" />
    </svg>
  );
}

/** Mark and name. */
export function Logo() {
  return (
    <span className="flex items-center gap-2 font-semibold text-[14px] tracking-[-0.015em]">
      <Mark />
      Spendtrace
    </span>
  );
}
