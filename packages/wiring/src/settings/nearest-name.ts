/** The name that differs least from a mistyped one, where one is near enough to be meant. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, edits: editDistance(given, name) }));
  const [nearest] = ranked.toSorted((one, other) => one.edits - other.edits);
  return nearest && nearest.edits <= Math.max(2, given.length / 4) ? nearest.name : undefined;
}

/** Letters to add, drop or change to make one text of the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of from.split('').entries()) {
    const next = [line + 1];
    for (const [column, wanted] of to.split('').entries()) {
      const changed = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
