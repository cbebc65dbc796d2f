/** Clicks the control that a shortcut stands for: `data-shortcut="period"`. */
export function press(name: string): void {
  const control = [...document.querySelectorAll<HTMLElement>(`[data-shortcut="${name}"]`)].find(
    (element) => element.offsetParent !== null,
  );
  control?.focus();
  control?.click();
}

/** The link of the row that has the focus, if one has. */
export function rowLink(): HTMLElement | null {
  const row = document.activeElement?.closest("[data-row]");
  return row?.querySelector<HTMLElement>("a[href]") ?? null;
}

/** Moves the focus to the next (1) or previous (-1) row with a link, starting beside the one that is open, else at the first. */
export function moveRow(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-row]")].flatMap(
    (row) => row.querySelector<HTMLElement>("a[href]") ?? [],
  );
  const current = rowLink() ?? links.find((link) => link.closest("[aria-selected=true]"));
  const at = current ? links.indexOf(current) + step : 0;
  links[Math.max(0, Math.min(links.length - 1, at))]?.focus();
}
