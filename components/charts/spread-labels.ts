/**
 * Moves places (px from the top) as little as needed so that each is at least `gap` from the next and none is below `bottom`;
 * their order stays.
 */
export function spreadLabels(places: readonly number[], gap: number, bottom: number): readonly number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place || a.index - b.index);
  const moved = order.map(({ place }) => place);
  for (let i = 1; i < moved.length; i++) moved[i] = Math.max(moved[i] ?? 0, (moved[i - 1] ?? 0) + gap);
  let limit = bottom;
  for (let i = moved.length - 1; i >= 0; i--) {
    moved[i] = Math.min(moved[i] ?? 0, limit);
    limit = (moved[i] ?? 0) - gap;
  }
  const result: number[] = [];
  for (const [i, { index }] of order.entries()) result[index] = moved[i] ?? 0;
  return result;
}
