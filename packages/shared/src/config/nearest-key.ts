/** The known key that somebody most likely meant by `name`; undefined where none is close. */
export function nearestKey(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  const most = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  let nearest: { key: string; distance: number } | undefined;
  for (const key of known) {
    if (Math.abs(plain(key).length - wanted.length) > most) continue;
    const distance = editDistance(wanted, plain(key));
    if (distance <= most && (nearest === undefined || distance < nearest.distance)) nearest = { key, distance };
  }
  return nearest?.key;
}

/** Case, dashes and underscores are what people mix up first. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** How many characters must be changed, added, left out or swapped with their neighbour (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const differs = from[row - 1] === to[column - 1] ? 0 : 1;
      let distance = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + differs);
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) distance = Math.min(distance, at(beforeLast, column - 2) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
