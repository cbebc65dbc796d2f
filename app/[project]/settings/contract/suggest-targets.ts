const MAX_SUGGESTED = 3;

/**
 * Models whose id a name contains, the longest first, or else, for a name such as `claude-opus-latest`, those whose id begins
 * so, the newest first. Suggestions only: nothing is ever priced by a name that looks alike.
 */
export function suggestTargets(name: string, ids: readonly string[]): readonly string[] {
  const sent = name.toLowerCase();
  if (sent === "") return [];
  const contained = ids.filter((id) => sent.includes(id)).toSorted((a, b) => b.length - a.length);
  if (contained.length > 0) return contained.slice(0, MAX_SUGGESTED);
  const [, stem] = /^(.{4,})-latest$/.exec(sent) ?? [];
  if (stem === undefined) return [];
  const begun = ids.filter((id) => id.startsWith(stem)).toSorted((a, b) => b.localeCompare(a, "en", { numeric: true }));
  return begun.slice(0, MAX_SUGGESTED);
}
