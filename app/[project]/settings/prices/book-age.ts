/** From then on a price is likely enough to have changed that the page says so. */
export const MAX_AGE_DAYS = 30;

const DAY_MS = 86_400_000;

/** How many days ago (UTC) prices were last held against their source, and whether that is more than `MAX_AGE_DAYS`. */
export function bookAge(checkedOn: string, now: Date): Readonly<{ days: number; isOld: boolean }> {
  const days = Math.max(0, Math.floor((now.getTime() - Date.parse(checkedOn)) / DAY_MS));
  return { days, isOld: days > MAX_AGE_DAYS };
}
